"""Our macros draw what GOV.UK's own draw: the same components through govuk-frontend-jinja, compared as normalised HTML."""

import pytest

from civic.core.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    FileField,
    Form,
    MoneyField,
    PasswordField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from tests.components.normal import normal

PLAIN = [
    ("button", '{{ button.button("Save", prevent_double=false) }}', "button", {"text": "Save"}),
    ("button", '{{ button.button("Save") }}', "button", {"text": "Save", "preventDoubleClick": True}),
    (
        "button",
        '{{ button.button("Delete", kind="warning", name="act", value="delete", prevent_double=false) }}',
        "button",
        {"text": "Delete", "classes": "govuk-button--warning", "name": "act", "value": "delete"},
    ),
    ("button", '{{ button.button_link("Go", "/x") }}', "button", {"text": "Go", "href": "/x"}),
    (
        "button",
        '{{ button.start_button("Start", "/x") }}',
        "button",
        {"text": "Start", "href": "/x", "isStartButton": True},
    ),
    ("back_link", '{{ back_link.back_link("/x") }}', "back-link", {"href": "/x"}),
    (
        "breadcrumbs",
        '{{ breadcrumbs.breadcrumbs([("Home", "/"), ("Talk", "/t")]) }}',
        "breadcrumbs",
        {"collapseOnMobile": True, "items": [{"text": "Home", "href": "/"}, {"text": "Talk", "href": "/t"}]},
    ),
    ("details", '{{ details.details("More", "Words") }}', "details", {"summaryText": "More", "text": "Words"}),
    (
        "error_summary",
        '{{ error_summary.error_summary(errors=[("Enter a name", "#name"), ("Try again", none)]) }}',
        "error-summary",
        {
            "titleText": "There is a problem",
            "errorList": [{"text": "Enter a name", "href": "#name"}, {"text": "Try again"}],
        },
    ),
    (
        "fieldset",
        '{% call fieldset.fieldset("Home", size="l", heading=true) %}<p>x</p>{% endcall %}',
        "fieldset",
        {
            "legend": {"text": "Home", "classes": "govuk-fieldset__legend--l", "isPageHeading": True},
            "html": "<p>x</p>",
        },
    ),
    ("inset_text", '{{ inset_text.inset_text("Words") }}', "inset-text", {"text": "Words"}),
    ("panel", '{{ panel.panel("Sent", "Thank you") }}', "panel", {"titleText": "Sent", "text": "Thank you"}),
    (
        "pagination",
        '{{ pagination.pagination("/a", "/b", previous_text="Before", next_text="After") }}',
        "pagination",
        {
            "landmarkLabel": "Pages",
            "previous": {"href": "/a", "text": "Before"},
            "next": {"href": "/b", "text": "After"},
        },
    ),
    (
        "summary_list",
        '{{ summary_list.summary_list([{"key": "Name", "value": "Ada", "href": "/n"}, {"key": "Borough", "value": "Brent"}]) }}',
        "summary-list",
        {
            "rows": [
                {
                    "key": {"text": "Name"},
                    "value": {"text": "Ada"},
                    "actions": {"items": [{"href": "/n", "text": "Change", "visuallyHiddenText": "Name"}]},
                },
                {"key": {"text": "Borough"}, "value": {"text": "Brent"}},
            ]
        },
    ),
    (
        "table",
        '{{ table.table("Answers", ["Borough", {"text": "People", "numeric": true}], [["Brent", "12"]], stacked=false) }}',
        "table",
        {
            "caption": "Answers",
            "captionClasses": "govuk-table__caption--m",
            "firstCellIsHeader": True,
            "head": [{"text": "Borough"}, {"text": "People", "format": "numeric"}],
            "rows": [[{"text": "Brent"}, {"text": "12", "format": "numeric"}]],
        },
    ),
    ("tag", '{{ tag.tag("Open", "green") }}', "tag", {"text": "Open", "classes": "govuk-tag--green"}),
    (
        "warning_text",
        '{{ warning_text.warning_text("No way back.") }}',
        "warning-text",
        {"text": "No way back.", "iconFallbackText": "Warning"},
    ),
    (
        "task_list",
        '{{ task_list.task_list([{"title": "Check", "href": "/c", "hint": "Soon", "status": "Open", "colour": "yellow"},'
        ' {"title": "Send", "status": "Not yet"}]) }}',
        "task-list",
        {
            "idPrefix": "task",
            "items": [
                {
                    "title": {"text": "Check"},
                    "href": "/c",
                    "hint": {"text": "Soon"},
                    "status": {"tag": {"text": "Open", "classes": "govuk-tag--yellow"}},
                },
                {
                    "title": {"text": "Send"},
                    "status": {"text": "Not yet", "classes": "govuk-task-list__status--cannot-start-yet"},
                },
            ],
        },
    ),
    (
        "notification_banner",
        '{{ notification_banner.notification_banner("Sent", "success", id="govuk-notification-banner") }}',
        "notification-banner",
        {"type": "success", "titleText": "Done", "html": '<p class="govuk-notification-banner__heading">Sent</p>'},
    ),
]


@pytest.mark.parametrize(("name", "source", "component", "parameters"), PLAIN)
def test_a_component_has_the_markup_of_govuk(draw, oracle, name, source, component, parameters):
    assert normal(draw(source, name)) == normal(oracle(component, **parameters))


class EveryField(Form):
    class Meta(Form.Meta):
        csrf = False

    name = TextField("Name", description="As people know you")
    email = EmailField("Email")
    amount = MoneyField("Amount")
    password = PasswordField("Password")
    story = TextAreaField("Story")
    borough = SelectField("Borough", choices=[("a", "Camden"), ("b", "Brent")])
    travel = RadioField("Travel", choices=[("bus", "Bus"), ("bike", "Bike"), ("no", "Rather not say")])
    uses = CheckboxesField("Uses", choices=[("park", "Parks"), ("none", "None")])
    born = DateField("Born")
    file = FileField("File")


def radio(value: str, text: str, **more: object) -> dict:
    return {"value": value, "text": text} | more


FIELDS = [
    (
        "name",
        'width="20", autocomplete="name"',
        "input",
        {"label": {"text": "Name"}, "hint": {"text": "As people know you"}, "classes": "govuk-input--width-20"}
        | {"autocomplete": "name", "value": ""},
        ["Enter a name"],
    ),
    (
        "email",
        'label_size="m", heading=true, autocomplete="email"',
        "input",
        {
            "label": {"text": "Email", "classes": "govuk-label--m", "isPageHeading": True},
            "type": "email",
            "value": "",
            "spellcheck": False,
            "autocomplete": "email",
            "inputmode": "email",
            "autocapitalize": "none",
        },
        [],
    ),
    (
        "amount",
        "",
        "input",
        {
            "label": {"text": "Amount"},
            "prefix": {"text": "£"},
            "value": "",
            "inputmode": "decimal",
            "classes": "govuk-input--width-10",
        },
        [],
    ),
    ("story", "rows=8", "textarea", {"label": {"text": "Story"}, "rows": 8}, ["Enter a story"]),
    (
        "borough",
        "",
        "select",
        {"label": {"text": "Borough"}, "items": [radio("a", "Camden"), radio("b", "Brent")]},
        ["Choose"],
    ),
    ("file", "", "file-upload", {"label": {"text": "File"}}, []),
    (
        "travel",
        'label_size="m", divider="no", hints={"bus": "Night too"}, conditional={"bike": "Where?"}',
        "radios",
        {
            "fieldset": {"legend": {"text": "Travel", "classes": "govuk-fieldset__legend--m"}},
            "items": [
                radio("bus", "Bus", hint={"text": "Night too"}),
                radio("bike", "Bike", conditional={"html": "Where?"}),
                {"divider": "or"},
                radio("no", "Rather not say", id="travel-3"),
            ],
        },
        ["Choose how"],
    ),
    (
        "uses",
        'exclusive="none"',
        "checkboxes",
        {
            "fieldset": {"legend": {"text": "Uses"}},
            "items": [radio("park", "Parks"), radio("none", "None", behaviour="exclusive")],
        },
        [],
    ),
    (
        "born",
        'autocomplete="bday"',
        "date-input",
        {
            "fieldset": {"legend": {"text": "Born"}, "role": "group"},
            "items": [
                {"id": f"born-{part}", "name": f"born-{part}", "label": part.title(), "autocomplete": f"bday-{part}"}
                | {"classes": f"govuk-input--width-{width} {{error}}", "value": ""}
                for part, width in (("day", 2), ("month", 2), ("year", 4))
            ],
        },
        ["Enter a real date"],
    ),
    (
        "password",
        'autocomplete="new-password"',
        "password-input",
        {"label": {"text": "Password"}, "autocomplete": "new-password"},
        [],
    ),
]


@pytest.mark.parametrize("refused", [False, True])
@pytest.mark.parametrize(("name", "options", "component", "parameters", "errors"), FIELDS)
def test_a_field_has_the_markup_of_govuk(workshop, draw, oracle, name, options, component, parameters, errors, refused):
    with workshop.test_request_context():
        form = EveryField()
    form[name].errors = errors if refused else []
    ours = normal(draw(f"{{{{ field.field(form.{name}, {options}) }}}}", "field", form=form))
    theirs = normal(oracle(component, **_parameters(component, name, parameters, errors if refused else [])))
    for known, why in KNOWN:
        theirs = theirs.replace(known, why)
    assert ours == theirs


# What ours says otherwise on purpose: words that GOV.UK leaves to its script we hand over translated.
KNOWN = (
    (
        '<div class="govuk-form-group govuk-password-input" data-module="govuk-password-input">',
        '<div class="govuk-form-group govuk-password-input" data-i18n.hide-password="Hide" '
        'data-i18n.hide-password-aria-label="Hide password" '
        'data-i18n.password-hidden-announcement="Your password is hidden" '
        'data-i18n.password-shown-announcement="Your password is visible" '
        'data-i18n.show-password="Show" data-i18n.show-password-aria-label="Show password" '
        'data-module="govuk-password-input">',
    ),
)


def _parameters(component: str, name: str, parameters: dict, errors: list[str]) -> dict:
    given = dict(parameters)
    error = {"errorMessage": {"text": errors[0], "visuallyHiddenText": "Error"}} if errors else {}
    if component == "date-input":
        style = "govuk-input--error" if errors else ""
        given["items"] = [item | {"classes": item["classes"].format(error=style)} for item in given["items"]]
        return given | error | {"id": name}
    if component in ("radios", "checkboxes"):
        return given | error | {"name": name, "idPrefix": name}
    return given | error | {"id": name, "name": name}
