"""What an organiser types about money and time: costs, what is there already, milestones; and about pictures and papers."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    ChoiceRequired,
    DateField,
    FileField,
    Form,
    Length,
    MoneyField,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import LANGUAGES
from civic.core.money import GBP, Money
from civic.crowdfund import wording

MOST = GBP(1_000_000)


class Amount:
    """A sum of at least a penny and at most a million pounds."""

    def __call__(self, form: Form, field: MoneyField) -> None:
        """Refuse nothing and too much."""
        if field.data is not None and not Money(1) <= field.data <= MOST:
            raise ValidationError(_l("Enter an amount above £0, up to £1 million."))


class CostForm(Form):
    """One thing that must be paid for."""

    title = TextField(
        _l("What is it for?"),
        [Required(_l("Enter what the money is for.")), Length(max=120)],
        description=_l("For example: six trees with stakes and guards."),
    )
    amount = MoneyField(
        _l("How much does it cost?"),
        [Required(_l("Enter how much it costs.")), Amount()],
        description=_l("With VAT, if you cannot reclaim it."),
    )
    spending = RadioField(
        _l("What kind of cost is it?"),
        [ChoiceRequired(_l("Choose what kind of cost it is."))],
        choices=[
            ("capital", _l("Capital: something that lasts")),
            ("revenue", _l("Revenue: work, rent, running costs")),
        ],
    )
    note = TextAreaField(_l("Anything else to know about it (optional)"), [Length(max=600)])


class FundingForm(Form):
    """Money raised before, or a gift in kind, with its proof."""

    kind = RadioField(
        _l("What is it?"),
        [ChoiceRequired(_l("Choose what it is."))],
        choices=[
            ("money", _l("Money you already have")),
            ("in_kind", _l("A gift in kind: things, work or space given instead of money")),
        ],
    )
    giver = TextField(
        _l("Who gives it?"),
        [Required(_l("Enter who gives it.")), Length(max=120)],
        description=_l("It is shown on the page. Ask them first."),
    )
    what = TextField(_l("What is it for, or what is given?"), [Required(_l("Enter what it is.")), Length(max=200)])
    amount = MoneyField(
        _l("How much is it worth?"),
        [Required(_l("Enter how much it is worth.")), Amount()],
        description=_l("For a gift in kind: what you would have paid. It must stand among the costs too."),
    )
    document = FileField(
        _l("Proof"),
        description=_l(
            "A grant letter, bank statement, picture of a cheque, or a letter from the giver. PDF, PNG or JPEG, up to 8 MB. "
            "Only staff and your organisation see it."
        ),
    )


class MilestoneForm(Form):
    """A step of the project and its day."""

    title = TextField(
        _l("What will have happened?"),
        [Required(_l("Enter what will have happened.")), Length(max=160)],
        description=_l("For example: the trees are planted."),
    )
    due_on = DateField(_l("By which day?"), [Required(_l("Enter the day."))])


ALT = _l(
    "What is seen, for people who cannot see it, in a sentence or two. For example: neighbours kneel around a newly planted lime tree."
)


class PictureForm(Form):
    """The words of a picture."""

    alt = TextField(
        _l("Alternative text"),
        [Required(_l("Describe what the picture shows.")), Length(max=300)],
        description=ALT,
    )
    caption = TextField(_l("Caption (optional)"), [Length(max=200)], description=_l("It stands under the picture."))

    def validate_alt(self, field: TextField) -> None:
        """A file's name describes nothing."""
        if field.data and field.data.lower().rsplit(".", 1)[-1] in ("jpg", "jpeg", "png", "webp", "heic"):
            raise ValidationError(_l("Describe what the picture shows, rather than naming the file."))


class NewPictureForm(PictureForm):
    """A picture with its words."""

    picture = FileField(
        _l("Picture"),
        description=_l("JPEG, PNG or WebP, up to 8 MB. Ask people before you show them."),
    )


class FilmForm(Form):
    """A film with captions and transcript."""

    film = FileField(_l("Film"), description=_l("MP4 or WebM, up to 40 MB: about three minutes."))
    captions = FileField(
        _l("Captions"),
        description=_l("A WebVTT file (.vtt) with everything that is said, and sounds that matter."),
    )
    captions_language = SelectField(
        _l("Language of the captions"), choices=[(each.code, each.name) for each in LANGUAGES.values()]
    )
    transcript = TextAreaField(
        _l("Transcript"),
        [Required(_l("Write down what is said and shown.")), Length(max=40_000)],
        description=_l("What is said, and what can be seen, for people who read rather than watch."),
    )


class EvidenceForm(Form):
    """A paper for staff."""

    kind = RadioField(
        _l("What is it?"),
        [ChoiceRequired(_l("Choose what it is."))],
        choices=wording.choices(wording.EVIDENCE_NAMES),
    )
    title = TextField(
        _l("What does it show?"),
        [Required(_l("Say what it shows.")), Length(max=160)],
        description=_l("For example: quote of Hackney Nurseries, 3 November 2026."),
    )
    document = FileField(
        _l("File"), description=_l("PDF, PNG or JPEG, up to 8 MB. Only staff and your organisation see it.")
    )


class RemovalForm(Form):
    """Nothing to type: pressing the button is enough."""
