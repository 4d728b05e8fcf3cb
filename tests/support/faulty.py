"""A small site full of known faults, one a page, so that a harness which finds nothing cannot pass unnoticed.

The sound page must come out clean; each faulty page differs from it by one fault, and the rule that must find it is named.
"""

from dataclasses import dataclass

from flask import Flask, Response

SOUND = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>Tell us about your street – Civic London</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/faulty.css">
</head>
<body>
<a class="skip" href="#main">Skip to the main part</a>
<header><nav aria-label="Site"><a href="/">Civic London</a></nav></header>
<main id="main">
<h1>Tell us about your street</h1>
<h2>What you would change</h2>
<p>There are 33 places that decide about streets.</p>
<form method="post" action="/sound" novalidate>
<input type="hidden" name="csrf_token" value="x">
<p><label for="wish">Your wish</label> <input id="wish" name="wish" type="text"></p>
<p><label for="mail">Email address</label> <input id="mail" name="mail" type="email" autocomplete="email"></p>
<fieldset><legend>Do you cycle?</legend>
<p><input type="radio" id="yes" name="cycle" value="yes"> <label for="yes">Yes</label></p>
<p><input type="radio" id="no" name="cycle" value="no"> <label for="no">No</label></p>
</fieldset>
<p><button>Send</button></p>
</form>
<table><caption>Wishes by area</caption><tr><th scope="col">Area</th><th scope="col">Wishes</th></tr>
<tr><th scope="row">Inner</th><td>12</td></tr></table>
<!--here-->
</main>
<footer><p>Civic London is a place to talk.</p></footer>
</body>
</html>
"""
STYLE = """
html { background: #fff; color: #111; font: 100%/1.5 sans-serif } body { margin: 0 16px; overflow-wrap: anywhere }
a { color: #003078 } a, button, input { min-height: 24px } nav a, .skip { display: inline-block; padding: 8px }
button { border: 2px solid #111; padding: 10px }
input { border: 2px solid #111; max-inline-size: 100% } input[type=radio] { width: 24px; height: 24px }
:focus { outline: 3px solid #b30000; outline-offset: 1px }
.skip:not(:focus) { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; padding: 0 }
"""


@dataclass(frozen=True)
class Known:
    """A known fault: the rule that must find it, what is put into the page, what is replaced by what, and the style it needs."""

    rule: str
    put: str = ""
    old: str = ""
    new: str = ""
    style: str = ""
    script: str = ""
    language: str = "en"


def _box(style: str) -> str:
    return f".box {{ {style} }}"


LONG = "Thecompletelyunbreakabletitleofaconsultationaboutthestreetsofourboroughs"

# Found in the HTML alone.
WRITTEN = {
    "unclosed element": Known("parse", "<p><b>Streets</p>"),
    "attribute twice": Known("parse", '<p class="a" class="b">Streets</p>'),
    "block in a paragraph": Known("parse", "<p><ul><li>One</li></ul></p>"),
    "no language": Known("language", old=' lang="en"', new=""),
    "wrong language": Known("language", language="pl"),
    "no direction": Known("language", old=' dir="ltr"', new=""),
    "English in the pseudo-language": Known("language", old='lang="en"', new='lang="en-x-long"', language="xx"),
    "two main headings": Known("heading", "<h1>Another</h1>"),
    "heading jump": Known("heading", "<h4>Suddenly deep</h4>"),
    "empty heading": Known("heading", "<h2> </h2>"),
    "title is another": Known("title", old="<title>Tell us", new="<title>Say to us"),
    "title hides the error": Known("title", '<div class="govuk-error-summary"><a href="#wish">Say what</a></div>'),
    "no label": Known("label", old='<label for="wish">Your wish</label>', new="Your wish"),
    "placeholder for a label": Known(
        "label", old='<label for="wish">Your wish</label> <input', new='<input placeholder="Your wish"'
    ),
    "radios without a fieldset": Known("fieldset", old="<fieldset><legend>Do you cycle?</legend>", new="<div>"),
    "fieldset without a legend": Known("fieldset", "<fieldset><p>One</p></fieldset>"),
    "the same id twice": Known("id", '<p id="main">Again</p>'),
    "hint that is not there": Known("reference", old='id="wish"', new='id="wish" aria-describedby="wish-hint"'),
    "link into nothing": Known("reference", '<a href="#nowhere">Go to the wishes</a>'),
    "inline style": Known("inline", '<p style="margin: 0">Streets</p>'),
    "inline script": Known("inline", "<script>var x = 1</script>"),
    "handler in the markup": Known("inline", old="<button>", new='<button onclick="go()">'),
    "script from elsewhere": Known("foreign", '<script src="//cdn.example/x.js"></script>'),
    "image without alt": Known("image", '<img src="/faulty.png">'),
    "drawing without a name": Known("image", '<svg role="img"><rect width="1" height="1"/></svg>'),
    "empty link": Known("name", '<a href="/sound"></a>'),
    "vague link": Known("name", '<p>For the wishes <a href="/sound">click here</a></p>'),
    "empty button": Known("name", old="<button>Send</button>", new="<button></button>"),
    "table without caption": Known("table", old="<caption>Wishes by area</caption>", new=""),
    "header cell without scope": Known("table", old='<th scope="row">', new="<th>"),
    "form without a token": Known("form", old='<input type="hidden" name="csrf_token" value="x">', new=""),
    "email without purpose": Known("autocomplete", old=' autocomplete="email"', new=""),
    "positive tabindex": Known("focus", old='id="wish"', new='id="wish" tabindex="3"'),
    "no main part": Known("landmark", old='<main id="main">', new='<div id="main">'),
    "navigations without names": Known("landmark", '<nav><a href="/sound">Wishes</a></nav>'),
    "no skip link": Known("landmark", old='<a class="skip" href="#main">Skip to the main part</a>', new=""),
    "zoom forbidden": Known("viewport", old="initial-scale=1", new="initial-scale=1, user-scalable=no"),
    "placeholder left over": Known("leak", "<p>Hello %(name)s</p>"),
}

# Found by axe in the browser.
BARRIERS = {
    "low contrast": Known("color-contrast", '<p class="box">Grey on white</p>', style=_box("color: #999")),
    "one to one contrast": Known("color-contrast", '<p class="box">White on white</p>', style=_box("color: #fff")),
    "low contrast above something drawn": Known(
        "color-contrast",
        '<p class="box">Grey on something</p>',
        style=_box("position: relative; z-index: 0; color: #777")
        + " .box::before { content: ''; position: absolute; inset: 0; z-index: -1; background: #aaa }",
    ),
    "tiny targets": Known(
        "target-size",
        '<p class="box"><a href="/1">1</a><a href="/2">2</a><a href="/3">3</a></p>',
        style=".box a { display: inline-block; width: 9px; min-height: 9px; height: 9px; font-size: 9px; line-height: 9px }",
    ),
    "paragraph as a heading": Known(
        "p-as-heading",
        '<p class="box">What we heard</p><p>Many words about it follow here.</p>',
        style=_box("font-weight: bold; font-size: 2em"),
    ),
    "row as a caption": Known(
        "table-fake-caption",
        '<table><tr><td colspan="2">By area</td></tr><tr><th>Area</th><th>Wishes</th></tr><tr><td>Inner</td><td>12</td></tr></table>',
    ),
    "colour alone marks a link": Known(
        "link-in-text-block",
        '<p>All the <a class="box" href="/sound">wishes</a> of many people.</p>',
        style=_box("text-decoration: none; color: #222"),
    ),
    "half a slider": Known("aria-required-attr", '<p role="slider">Streets</p>'),
    "hidden but focusable": Known("aria-hidden-focus", '<p aria-hidden="true"><a href="/sound">Wishes</a></p>'),
}

# Found by using the page.
USED = {
    "focus removed": Known("focus-unseen", style="button:focus { outline: none }"),
    "focus by an unseen outline": Known("focus-unseen", style="button:focus { outline: 3px solid transparent }"),
    "focus only by shadow": Known(
        "forced-colours", style="button:focus { outline: none; box-shadow: 0 0 0 3px #b30000 }"
    ),
    "no way out": Known(
        "keyboard-trap", script="wish.addEventListener('keydown', (e) => e.key === 'Tab' && e.preventDefault())"
    ),
    "round and round": Known(
        "keyboard-trap",
        script="mail.addEventListener('keydown', (e) => { if (e.key === 'Tab') { wish.focus(); e.preventDefault() } })",
    ),
    "order against the page": Known("focus-order", old='id="mail"', new='id="mail" tabindex="2"'),
    "focus out of sight": Known(
        "focus-not-in-view",
        '<p class="box"><a href="/sound">Wishes</a></p>',
        style=_box("position: fixed; left: -500px; top: 10px"),
    ),
    "focus under a bar": Known(
        "focus-covered",
        '<div class="box">Cookies</div>',
        style=_box("position: fixed; inset: 0; background: #fff; color: #111"),
    ),
    "jumps over a control": Known(
        "unreachable",
        script="wish.addEventListener('keydown', (e) => { if (e.key === 'Tab') { yes.focus(); e.preventDefault() } })",
    ),
    "no skip link first": Known("skip-link", old='<a class="skip" href="#main">Skip to the main part</a>', new=""),
    "too wide": Known("reflow-320", '<div class="box">Map</div>', style=_box("width: 600px")),
    "word too long": Known("reflow-320", f'<p class="box">{LONG}</p>', style=_box("overflow-wrap: normal")),
    "fixed height, text cut": Known(
        "text-spacing",
        '<p class="box">A line of words that just about fits into its box.</p>',
        style=_box("height: 26px; overflow: hidden; width: 390px"),
    ),
    "fixed height, large text": Known(
        "text-200", '<p class="box">A line of words.</p>', style=_box("height: 30px; overflow: hidden")
    ),
    "fixed width, large text": Known(
        "text-200",
        '<p class="box">A line of words that fits.</p>',
        style=_box("width: 200px; white-space: nowrap; overflow: hidden"),
    ),
    "button without an edge": Known("forced-colours", style="button { border: 0; background: #036; color: #fff }"),
    "moves for ever": Known(
        "motion",
        '<p class="box">News</p>',
        style="@keyframes a { to { opacity: 0.9 } } .box { animation: a 1s infinite }",
    ),
    "scrolls smoothly": Known("motion", style="html { scroll-behavior: smooth }"),
    "error lands on nothing": Known(
        "error-summary", '<div class="govuk-error-summary"><a href="#main">Say what you wish</a></div>'
    ),
}

# Found by listening to the browser.
HEARD = {
    "script throws": Known("noise", script="throw new Error('broken')"),
    "style against the policy": Known("noise", '<p style="color: red">Streets</p>'),
    "script against the policy": Known("noise", "<script>window.x = 1</script>"),
    "image missing": Known("noise", '<img alt="A street" src="/missing.png">'),
}

EVERY = WRITTEN | BARRIERS | USED | HEARD


def document(name: str) -> str:
    """The sound page with this fault in it."""
    known = EVERY[name]
    assert not known.old or known.old in SOUND, f"{name}: nothing to replace"
    html = SOUND.replace(known.old, known.new, 1) if known.old else SOUND
    links = f'<link rel="stylesheet" href="/faulty/{name}.css">' if known.style else ""
    links += f'<script src="/faulty/{name}.js" defer></script>' if known.script else ""
    return html.replace("</head>", links + "</head>").replace("<!--here-->", known.put)


def site() -> Flask:
    """The site; the policy is the real one."""
    app = Flask("faulty", static_folder=None)

    @app.after_request
    def policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'"
        )
        return response

    app.add_url_rule("/sound", "sound", lambda: SOUND)
    app.add_url_rule("/faulty.css", "style", lambda: Response(STYLE, mimetype="text/css"))
    app.add_url_rule("/favicon.ico", "icon", lambda: ("", 204))
    app.add_url_rule("/faulty/<name>", "page", lambda name: document(name))
    app.add_url_rule("/faulty/<name>.css", "page_style", lambda name: Response(EVERY[name].style, mimetype="text/css"))
    app.add_url_rule(
        "/faulty/<name>.js", "page_script", lambda name: Response(EVERY[name].script, mimetype="text/javascript")
    )
    return app
