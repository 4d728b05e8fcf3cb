"""What can be said around a campaign."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import Form, Length, Required, TextAreaField, TextField

COMMENT = 2_000
NEWS = 20_000
MESSAGE = 5_000


class CommentForm(Form):
    """A comment or an answer to one."""

    text = TextAreaField(
        _l("Your comment"),
        [Required(_l("Write your comment.")), Length(max=COMMENT)],
        description=_l(
            "Everybody can read it, with your display name. Be kind, and leave out phone numbers and addresses."
        ),
    )


class HideForm(Form):
    """Why a backer's name and words are hidden, or shown again."""

    why = TextAreaField(
        _l("Reason"),
        [Required(_l("Give a reason.")), Length(max=500)],
        description=_l("It stands in the place of the comment, and its author gets it by email."),
    )


class UpdateForm(Form):
    """News of a campaign."""

    title = TextField(_l("Headline"), [Required(_l("Write a headline.")), Length(max=120)])
    text = TextAreaField(
        _l("What is new"),
        [Required(_l("Write what is new.")), Length(max=NEWS)],
        description=_l(
            "You can use Markdown: an empty line begins a paragraph, **two stars** make bold, a dash begins a list."
        ),
    )


class MessageForm(Form):
    """A message to everybody who backs a campaign."""

    subject = TextField(_l("Subject"), [Required(_l("Write a subject.")), Length(max=120)])
    text = TextAreaField(
        _l("Your message"),
        [Required(_l("Write your message.")), Length(max=MESSAGE)],
        description=_l(
            "It goes to each backer by email. You do not see their addresses, and they do not see each other’s."
        ),
    )
