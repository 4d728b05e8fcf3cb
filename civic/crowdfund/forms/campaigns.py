"""What an organiser types, step by step; a draft may be saved half done, so little is required here."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.clock import in_london, london_minute
from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    ChoiceRequired,
    DateField,
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
from civic.crowdfund import wording
from civic.crowdfund.models import Campaign
from civic.places import BOROUGHS


class StartForm(Form):
    """Whose campaign it is, and what it is called."""

    organisation = RadioField(
        _l("Which organisation runs it?"), [ChoiceRequired(_l("Choose an organisation."))], coerce=int
    )
    title = TextField(
        _l("What is your campaign called?"),
        [Required(_l("Enter a title.")), Length(max=80)],
        description=_l(
            "Short and clear, such as “A garden for Gillett Square”. You can change it until it is sent in."
        ),
    )


class StepForm(Form):
    """One step of a draft; `FIELDS` are the columns it fills."""

    FIELDS: tuple[str, ...] = ()
    seen = HiddenField()

    def facts(self) -> dict[str, Any]:
        """What was typed, as the columns keep it."""
        return {name: self[name].data if self[name].data is not None else "" for name in self.FIELDS}

    @classmethod
    def of(cls, campaign: Campaign) -> "StepForm":
        """The form filled with what stands in the draft."""
        return cls(data={name: getattr(campaign, name) for name in cls.FIELDS})


class IdeaForm(StepForm):
    """What it is called, in one sentence, and of which kind."""

    FIELDS = ("title", "summary", "kind", "language")
    title = TextField(_l("Title"), [Required(_l("Enter a title.")), Length(max=80)])
    summary = TextField(
        _l("In one sentence, what are you going to do?"),
        [Length(max=160)],
        description=_l("It stands under the title wherever the campaign is shown."),
    )
    kind = RadioField(
        _l("What kind of project is it?"),
        [Optional()],
        choices=wording.choices(wording.KIND_NAMES),
        validate_choice=True,
    )
    language = SelectField(
        _l("Which language do you write in?"), choices=[(each.code, each.name) for each in LANGUAGES.values()]
    )


class ImpactForm(StepForm):
    """What gets better."""

    FIELDS = ("impacts", "impact_story")
    impacts = CheckboxesField(_l("What gets better?"), choices=wording.choices(wording.IMPACT_NAMES))
    impact_story = TextAreaField(
        _l("Who is better off, and how will you know?"),
        [Length(max=3000)],
        description=_l("How many people, who they are, and what will be different for them in a year."),
    )

    def facts(self) -> dict[str, Any]:
        """None chosen is an empty list."""
        return {"impacts": self.impacts.data or [], "impact_story": self.impact_story.data or ""}


class StoryForm(StepForm):
    """The story, in Markdown."""

    FIELDS = ("story",)
    story = TextAreaField(
        _l("Your story"),
        [Length(max=20_000)],
        description=_l("What the place is like now, what you want to do, and why it matters to the people there."),
    )


class PlaceForm(StepForm):
    """Where it happens."""

    FIELDS = ("borough", "place_kind", "place", "postcode")
    borough = SelectField(
        _l("Borough"),
        choices=[("", _l("Choose a borough")), *((each.gss, each.name) for each in BOROUGHS)],
        description=_l("Where most of it happens."),
    )
    place_kind = RadioField(
        _l("Where exactly?"), [Optional()], choices=wording.choices(wording.PLACE_KIND_NAMES), default="address"
    )
    place = TextField(_l("Address, or name of the area"), [Length(max=160)], description=_l("Everybody can read this."))
    postcode = TextField(_l("Postcode (optional)"), [Length(max=8)], filters=[lambda text: (text or "").upper()])

    def validate_place(self, field: TextField) -> None:
        """An address or an area has a name."""
        if self.place_kind.data in ("address", "area") and not field.data:
            raise ValidationError(_l("Enter the address, or the name of the area."))

    def facts(self) -> dict[str, Any]:
        """No borough chosen is none; a whole borough needs no other words."""
        facts = super().facts()
        whole = {"place": "", "postcode": ""} if facts["place_kind"] == "borough" else {}
        return facts | {"borough": facts["borough"] or None, "place_kind": facts["place_kind"] or "address"} | whole


class TeamForm(StepForm):
    """Who does it."""

    FIELDS = ("team",)
    team = TextAreaField(
        _l("Who is going to do it?"),
        [Length(max=6000)],
        description=_l("Who they are and what they have done before. Name people only if they agree."),
    )


class OutcomesForm(StepForm):
    """What happens with too much or too little."""

    FIELDS = ("too_much", "too_little")
    too_much = TextAreaField(
        _l("What happens if you raise more than you need?"),
        [Length(max=1500)],
        description=_l("For example: we plant more trees on the same square."),
    )
    too_little = TextAreaField(
        _l("What happens if the money cannot be used as planned?"),
        [Length(max=1500)],
        description=_l(
            "Nobody is charged unless the target is reached. This is about what comes after: costs that rise, "
            "a permission that is withdrawn, a project that turns out to be impossible."
        ),
    )


class DeadlineForm(StepForm):
    """The last day for pledges."""

    FIELDS = ("closes_at",)
    closes_on = DateField(
        _l("Last day for pledges"), description=_l("Pledges close at 11:59 pm in London on that day.")
    )

    @classmethod
    def of(cls, campaign: Campaign) -> "DeadlineForm":
        """The day in London."""
        return cls(data={"closes_on": in_london(campaign.closes_at).date() if campaign.closes_at else None})

    def facts(self) -> dict[str, datetime | None]:
        """The last London minute of that day."""
        return {"closes_at": london_minute(self.closes_on.data) if self.closes_on.data else None}


class GiftAidForm(StepForm):
    """Whether the charity claims Gift Aid."""

    FIELDS = ("gift_aid",)
    gift_aid = CheckboxField(
        _l("We are recognised by HMRC and want to claim Gift Aid"),
        description=_l(
            "Backers who pay tax in the UK can then add a declaration. You claim it yourselves, from a list we give you."
        ),
    )

    def facts(self) -> dict[str, bool]:
        """Ticked or not."""
        return {"gift_aid": bool(self.gift_aid.data)}


class PermissionsForm(StepForm):
    """Permissions, landowner and insurance."""

    FIELDS = ("permissions",)
    permissions = TextAreaField(
        _l("Which permissions and which insurance do you need, and which do you have?"),
        [Length(max=4000)],
        description=_l(
            "Who owns the land or building, and whether they agree. Planning, highways, events or food licences. "
            "Public liability insurance. If you need none, say why."
        ),
    )


class RisksForm(StepForm):
    """What could go wrong."""

    FIELDS = ("risks",)
    risks = TextAreaField(
        _l("What could go wrong, and what would you do?"),
        [Length(max=4000)],
        description=_l("Backers trust those who have thought about it."),
    )


STEP_FORMS: dict[str, type[StepForm]] = {
    "idea": IdeaForm,
    "impact": ImpactForm,
    "story": StoryForm,
    "place": PlaceForm,
    "team": TeamForm,
    "outcomes": OutcomesForm,
    "deadline": DeadlineForm,
    "gift_aid": GiftAidForm,
    "permissions": PermissionsForm,
    "risks": RisksForm,
}


class SubmissionForm(Form):
    """What an organiser declares when a campaign is sent in."""

    allowed = CheckboxField(
        _l("I may speak for the organisation, and it has agreed to run this campaign"),
        [Required(_l("Confirm that you may speak for the organisation."))],
    )
    true = CheckboxField(
        _l("Everything we say is true, and we follow the Code of Fundraising Practice"),
        [Required(_l("Confirm that what you say is true."))],
    )


class WithdrawalForm(Form):
    """Why a campaign is withdrawn."""

    why = TextAreaField(_l("Reason"), [Required(_l("Give a reason.")), Length(max=1000)])
