// Comfort for those whose browser runs scripts; every page works without. Only the components a page has are started.
const { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll } =
  await import(document.getElementById("govuk-frontend").href);

if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
}
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(component);
}

// Back from a payment partner's page: what the one button does is done at once.
document.querySelector("form[data-at-once]")?.requestSubmit();

// Whoever has seen the last comment on a page has read it, and need not say so.
const read = document.querySelector("form[data-read]");
if (read) {
  read.hidden = true;
  new IntersectionObserver(([entry], observer) => {
    if (entry.isIntersecting) {
      observer.disconnect();
      navigator.sendBeacon(`${read.action}?quietly`, new FormData(read));
    }
  }).observe(document.querySelector(".civic-says > :last-child"));
}
