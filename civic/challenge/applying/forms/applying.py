"""What startups type: who they are, what they declare, and their application step by step. A draft may be saved half done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.rules.choices import CAPABILITIES as CAPABILITY_CODES
from civic.challenge.applying.rules.choices import STAGES as STAGE_CODES
from civic.challenge.applying.rules.eligibility import DECLARED
from civic.challenge.applying.rules.questions import LONGEST, TITLE_MOST, questions_of
from civic.challenge.applying.wording import CAPABILITIES, QUESTIONS, STAGES
from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    ChoiceRequired,
    Form,
    HiddenField,
    Length,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES
from civic.places import BOROUGHS

BOROUGH_CHOICES = [("", _l("Outside London, or not chosen yet")), *((each.gss, each.name) for each in BOROUGHS)]
LANGUAGE_CHOICES = [(each.code, each.name) for each in LANGUAGES.values()]


class BodyForm(Form):
    """Which of one's organisations is a startup."""

    organisation = RadioField(_l("Which organisation?"), [ChoiceRequired(_l("Choose an organisation."))], coerce=int)


class StartupForm(Form):
    """What a startup tells of itself, once for all its applications."""

    seen = HiddenField()
    summary = TextAreaField(
        _l("What does your startup do?"),
        [Length(max=600)],
        description=_l("In a few sentences. If you are shortlisted, everybody reads this."),
    )
    team = TextAreaField(
        _l("Who are you?"),
        [Length(max=2000)],
        description=_l("How many people, what they can do, and whom you would still need."),
    )
    stage = RadioField(_l("How far are you?"), [Optional()], choices=[(code, STAGES[code]) for code in STAGE_CODES])
    capabilities = CheckboxesField(
        _l("What can you do yourselves?"), choices=[(code, CAPABILITIES[code]) for code in CAPABILITY_CODES]
    )
    borough = SelectField(_l("Where in London does your team work?"), choices=BOROUGH_CHOICES)
    website = TextField(_l("Website"), [Optional(), Length(max=300)], description=_l("If you have one."))
    accessibility = TextAreaField(
        _l("How do disabled people use what you make?"),
        [Length(max=3000)],
        description=_l("What you have tested, with whom, and what you know does not work yet."),
    )
    data_protection = TextAreaField(
        _l("How do you handle personal data?"),
        [Length(max=3000)],
        description=_l("Who is responsible, where data are kept, and whether you are registered with the ICO."),
    )
    language = SelectField(_l("Which language do you write in?"), choices=LANGUAGE_CHOICES)

    def validate_website(self, field: TextField) -> None:
        """An address that a browser can open; "example.org" becomes one."""
        if not field.data:
            return
        address = field.data if "://" in field.data else f"https://{field.data}"
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in address:
            raise ValidationError(_l("Enter a web address, like https://example.org."))
        field.data = address

    def facts(self) -> dict[str, Any]:
        """What was typed, as the row keeps it."""
        texts = ("summary", "team", "website", "accessibility", "data_protection", "language")
        found: dict[str, Any] = {name: self[name].data or "" for name in texts}
        found |= {"stage": self.stage.data or "", "capabilities": list(self.capabilities.data or [])}
        return found | {"borough": self.borough.data or None}


class BeginForm(Form):
    """For which startup one applies, and what it declares."""

    startup = RadioField(_l("Which startup applies?"), [ChoiceRequired(_l("Choose a startup."))], coerce=int)
    declared = CheckboxesField(_l("We declare"))


class DeclaringForm(Form):
    """The conditions that no data can tell."""

    seen = HiddenField()
    declared = CheckboxesField(_l("We declare"))

    def facts(self) -> list[str]:
        """What was ticked, in the order of the rules."""
        return [each for each in DECLARED if each in (self.declared.data or [])]


class StepForm(Form):
    """One step with its questions; see step_form()."""

    seen = HiddenField()
    step = ""

    def facts(self) -> dict[str, Any]:
        """What was typed, by the keys of the questions, and title and language in the first step."""
        found = {each.key: self[each.key].data or "" for each in questions_of(self.step)}
        if self.step == "about":
            found |= {"title": self["title"].data or "", "language": self["language"].data}
        return found


def step_form(step: str, application: ChallengeApplication | None = None, title: str = "") -> StepForm:
    """The form of a step, filled with what stands, or (without an application) with what was sent."""
    fields: dict[str, Any] = {}
    if step == "about":
        fields["title"] = TextField(
            _l("What is your application called?"), [Length(max=TITLE_MOST)], description=_l("A few words that stick.")
        )
    for each in questions_of(step):
        label, hint = QUESTIONS[each.key]
        fields[each.key] = TextAreaField(label, [Length(max=LONGEST)], description=hint)
    if step == "about":
        fields["language"] = SelectField(_l("Which language do you write in?"), choices=LANGUAGE_CHOICES)
    form_class = type("StepOfApplication", (StepForm,), fields | {"step": step})
    if application is None:
        sent: StepForm = form_class()
        return sent
    data = application.answers | {"title": title, "language": application.language}
    filled: StepForm = form_class(formdata=None, data=data)
    return filled


class SubmissionForm(Form):
    """What is declared with the sending."""

    allowed = CheckboxField(
        _l("I may speak for our startup, and it agrees with what is written here"),
        [Required(_l("Confirm that you may speak for your startup."))],
    )
    true = CheckboxField(
        _l("Everything we say is true, as far as we know"), [Required(_l("Confirm that what you say is true."))]
    )


class WithdrawalForm(Form):
    """Why an application is given up."""

    why = TextAreaField(
        _l("Why do you give it up?"),
        [Required(_l("Give a reason.")), Length(max=1000)],
        description=_l("In a sentence. It stands in the application’s history."),
    )
