"""Forms: what can be typed, read strictly and kept as typed when it is refused."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms import FileField as WTFileField
from wtforms.utils import unset_value
from wtforms.validators import InputRequired, Optional, StopValidation
from wtforms.validators import Length as WTLength

from civic.core.clock import in_london, london_minute
from civic.core.money import Money
from civic.core.names import one_line
from civic.core.numbers import plain_number

__all__ = [
    "CheckboxField",
    "CheckboxesField",
    "ChoiceRequired",
    "DateField",
    "DateTimeField",
    "EmailAddress",
    "EmailField",
    "FileField",
    "Form",
    "HiddenField",
    "IntegerField",
    "Length",
    "MoneyField",
    "NumberField",
    "Optional",
    "PasswordField",
    "RadioField",
    "Required",
    "SelectField",
    "TextAreaField",
    "TextField",
    "ValidationError",
    "clean",
    "plain_digits",
]


def clean(text: Any) -> Any:
    """A typed text as it is kept: composed (NFC), without NUL and without space around it."""
    return unicodedata.normalize("NFC", text.replace("\x00", "")).strip() if isinstance(text, str) else text


def plain_digits(text: str) -> str:
    """The same number in ASCII digits, whichever script's digits were typed."""
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)


class Form(FlaskForm):
    """A form of ours: judged only when it was sent."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge every field; only what was sent is judged."""
        return self.is_submitted() and super().validate(extra_validators)


class Required(InputRequired):
    """An answer is needed; the message says what to do ("Enter your name")."""

    def __init__(self, message: Any):
        super().__init__(message)

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse an empty or blank answer, and a box that is not ticked, with the message."""
        data = field.data
        if data is None or data is False or data == [] or (isinstance(data, str) and not data.strip()):
            # An unreadable value has said so itself; that nothing was chosen is for the message to say.
            if field.errors and not isinstance(field, SelectField):
                raise StopValidation()
            field.errors = []
            raise StopValidation(self.message)


ChoiceRequired = Required


class Length(WTLength):
    """At most (and at least) so many characters, in a sentence that names the limit."""

    def __init__(self, max: int, min: int = -1, message: Any = None):
        super().__init__(min=min, max=max, message=message or _l("Use %(max)d characters or fewer.", max=max))


class EmailAddress:
    """A plausible e-mail address; whether it exists only a message can tell. Linear time, no backtracking."""

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse what no mail server would take."""
        if not is_email_address(field.data or ""):
            raise ValidationError(_l("Enter an email address in the correct format, like name@example.com."))


def is_email_address(text: str) -> bool:
    """Whether this could be an address: one @, a local part of at most 64, a dotted host, no spaces or controls."""
    local, at, host = text.rpartition("@")
    if not at or not local or len(local) > 64 or len(text) > 254 or "@" in local or ".." in text:
        return False
    if any(c.isspace() or unicodedata.category(c).startswith("C") or c in '<>(),;:"[]\\' for c in text):
        return False
    labels = host.split(".")
    return len(labels) > 1 and all(label and label[0] != "-" != label[-1] for label in labels)


class _Cleaned(StringField):
    """Text as it is kept: composed, trimmed, without NUL."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed before it is judged."""
        if valuelist:
            self.data = clean(valuelist[0])


class TextField(_Cleaned):
    """One line of text: a line break that came with it is a space, and what turns or hides the text around it is left out."""

    kind = "text"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed, and make one line of it, without signs that nobody sees."""
        super().process_formdata([one_line(value) for value in valuelist])


class EmailField(_Cleaned):
    """An e-mail address."""

    kind = "email"


class TextAreaField(_Cleaned):
    """Several lines of text, with plain line breaks."""

    kind = "textarea"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Clean what was typed; every line break is one character."""
        super().process_formdata([value.replace("\r\n", "\n") for value in valuelist])


class FileField(WTFileField):
    """A file; words that were sent in its place are none."""

    kind = "file"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """The file that was chosen, if one was."""
        self.data = next((each for each in valuelist if isinstance(each, FileStorage) and each.filename), None)


class CheckboxField(BooleanField):
    """One yes-or-not box."""

    kind = "checkbox"


class CheckboxesField(SelectMultipleField):
    """Any number of the offered choices."""

    kind = "checkboxes"


class _TypedField(Field):
    """A field that keeps what was typed beside what it means."""

    kind = "text"

    def _value(self) -> str:
        if self.raw_data:
            return str(clean(self.raw_data[0]))
        return "" if self.data is None else self.written(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; an empty line is no answer."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = self.read(clean(valuelist[0]))

    def written(self, data: Any) -> str:
        """A stored value as a person would type it."""
        return str(data)

    def read(self, text: str) -> Any:
        """The value of a typed text; raises ValueError with a sentence."""
        raise NotImplementedError


class IntegerField(_TypedField):
    """A whole number."""

    kind = "number"

    def read(self, text: str) -> int:
        """A whole number in any script's digits, of at most 15 of them."""
        text = plain_number(text)
        if not re.fullmatch(r"[-+]?[0-9]{1,15}", text):
            raise ValueError(self.gettext(str(_l("Enter a whole number, like 12."))))
        return int(text)


class NumberField(_TypedField):
    """A number, perhaps with decimals."""

    kind = "number"

    def read(self, text: str) -> Decimal:
        """A plain decimal number; no exponents, no infinities."""
        text = plain_number(text)
        if not re.fullmatch(r"[-+]?[0-9]{1,15}(\.[0-9]{1,9})?", text):
            raise ValueError(str(_l("Enter a number, like 12 or 12.5.")))
        return Decimal(text)


class MoneyField(_TypedField):
    """An amount of pounds, with pence where there are some."""

    kind = "money"

    def read(self, text: str) -> Money:
        """ "£1,200.50" and "1200.5" alike, in whole pence."""
        text = plain_number(text)
        if not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", text):
            raise ValueError(str(_l("Enter an amount in pounds, like 20 or 20.50.")))
        return Money(int(Decimal(text) * 100))

    def written(self, data: Money) -> str:
        """Pounds, and pence where there are some."""
        return f"{data.minor // 100}" if data.minor % 100 == 0 else f"{data.minor / 100:.2f}"


class DateField(Field):
    """A date in three boxes: day, month, year (name-day, name-month, name-year)."""

    kind = "date"
    parts: tuple[str, ...] = ("day", "month", "year")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Iterable[Callable] | None = None) -> None:
        """Read the three boxes; what was typed stays in `typed`."""
        self.process_errors = []
        if data is unset_value:
            data = self.default() if callable(self.default) else self.default
        self.data = self.object_data = data
        self.typed = self._typed_of(self.data)
        names = [f"{self.name}-{part}" for part in self.parts]
        if formdata is not None and any(name in formdata for name in names):
            self.typed = {part: formdata.get(name, "").strip() for part, name in zip(self.parts, names, strict=True)}
            self.raw_data = [value for value in self.typed.values() if value]
            self.data = None
            if self.raw_data:
                try:
                    self.data = self._read()
                except (ValueError, InvalidOperation):
                    self.process_errors.append(_l("Enter a real date, like 27 3 2027."))

    def _typed_of(self, data: Any) -> dict[str, str]:
        if data is None:
            return dict.fromkeys(self.parts, "")
        return {"day": str(data.day), "month": str(data.month), "year": str(data.year)}

    def _read(self) -> Any:
        numbers = [plain_digits(self.typed[part]) for part in ("year", "month", "day")]
        if not all(re.fullmatch(r"[0-9]{1,4}", number) for number in numbers):
            raise ValueError("not a date")
        if len(numbers[0]) != 4:
            raise ValueError("a year has four digits")
        return date(*(int(number) for number in numbers))


class DateTimeField(DateField):
    """A London date and minute: three boxes and a clock (name-time, "23:59")."""

    kind = "datetime"
    parts = ("day", "month", "year", "time")

    def _typed_of(self, data: datetime | None) -> dict[str, str]:
        if data is None:
            return dict.fromkeys(self.parts, "")
        here = in_london(data)
        return super()._typed_of(here) | {"time": f"{here:%H:%M}"}

    def _read(self) -> datetime:
        day = super()._read()
        clock = plain_digits(self.typed["time"] or "23:59").replace(".", ":")
        if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", clock):
            raise ValueError("not a time")
        return london_minute(day, clock)


for _field, _kind in (
    (PasswordField, "password"),
    (RadioField, "radios"),
    (SelectField, "select"),
    (HiddenField, "hidden"),
):
    _field.kind = _kind  # type: ignore[attr-defined]
