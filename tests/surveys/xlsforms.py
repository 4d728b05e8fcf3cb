"""Small XLSForms, made on the fly."""

import io

from openpyxl import Workbook

HEADER = ("type", "name", "label", "relevant", "constraint", "required", "appearance", "parameters", "hint")
YES_NO = [("yn", "yes", "Yes"), ("yn", "no", "No")]


def workbook(survey, choices=(), settings=(), header=HEADER, choice_header=("list_name", "name", "label")):
    """A small XLSForm as bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in [header, *survey]:
        sheet.append(row)
    if choices:
        sheet = book.create_sheet("choices")
        for row in [choice_header, *choices]:
            sheet.append(row)
    if settings:
        sheet = book.create_sheet("settings")
        for row in settings:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
