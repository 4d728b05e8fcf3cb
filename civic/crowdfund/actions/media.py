"""Pictures, film and papers of a campaign."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from civic.accounts.models import User
from civic.core import files
from civic.core.captions import BadCaptions, read_captions, write_captions
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.files import FileRefused, StoredFile
from civic.crowdfund.actions.campaigns import hold, hold_draft
from civic.crowdfund.models import Campaign, CampaignEvidence, CampaignPicture, CampaignVideo

MOST_PICTURES = 12
MOST_PAPERS = 60
CAPTION_FAULTS = {
    "header": _l("The captions must be a WebVTT file: its first line is WEBVTT."),
    "time": _l("Line %(line)s of the captions is not a time like 00:01.000 --> 00:04.000."),
    "order": _l("Line %(line)s of the captions begins before the one above it."),
    "empty": _l("The captions have no words."),
    "text": _l("The captions are not plain text in UTF-8."),
    "large": _l("The captions are too large: 512 kB at most."),
}


class TooMany(CivicError):
    """Enough is there."""

    sentence, status = _l("There are as many as we can keep. Remove one first."), 422


def add_picture(
    campaign: Campaign, upload: Any, *, alt: str, caption: str, now: datetime, place: str = "story"
) -> CampaignPicture:
    """Keep a picture with its words; the first of the story becomes the cover. The caller has looked who may and when."""
    held = hold_draft(campaign) if place == "story" else hold(campaign)
    there, last = db.session.execute(
        select(func.count(), func.max(CampaignPicture.position)).where(
            CampaignPicture.campaign_id == held.id, CampaignPicture.place == place
        )
    ).one()
    if there >= MOST_PICTURES:
        raise TooMany()
    file = files.keep_picture(upload, now=now, field="picture")
    picture = CampaignPicture(
        campaign_id=held.id,
        file_id=file.id,
        alt=alt,
        caption=caption,
        place=place,
        position=0 if last is None else last + 1,
    )
    db.session.add(picture)
    db.session.flush()
    if place == "story" and held.cover_id is None:
        held.cover_id = picture.id
        db.session.flush()
    return picture


def describe_picture(picture: CampaignPicture, *, alt: str, caption: str) -> None:
    """Change the words of a picture."""
    picture.alt, picture.caption = alt, caption
    db.session.flush()


def make_cover(picture: CampaignPicture, campaign: Campaign) -> None:
    """Show this picture in lists and on top."""
    hold_draft(campaign).cover_id = picture.id
    db.session.flush()


def remove_picture(picture: CampaignPicture, campaign: Campaign) -> None:
    """Take a picture away for good; where it was the cover, the next one is."""
    held = hold(campaign)
    others = select(CampaignPicture.id).where(
        CampaignPicture.campaign_id == held.id, CampaignPicture.id != picture.id, CampaignPicture.place == "story"
    )
    if held.cover_id == picture.id:
        held.cover_id = db.session.scalar(others.order_by(CampaignPicture.position).limit(1))
        db.session.flush()
    file_id = picture.file_id
    db.session.delete(picture)
    db.session.flush()
    _forget(file_id)


def put_film(
    campaign: Campaign, *, film: Any, captions: Any, captions_language: str, transcript: str, now: datetime
) -> CampaignVideo:
    """Keep the film with captions and transcript; a film or captions left out (None) stay as they were. Raises FileRefused."""
    draft = hold_draft(campaign)
    video = db.session.get(CampaignVideo, draft.id)
    old = [video.film_id, video.captions_id] if video else []
    film_id = files.keep_film(film, now=now, field="film").id if film else (video.film_id if video else None)
    captions_id = _keep_captions(captions, now).id if captions else (video.captions_id if video else None)
    if film_id is None:
        raise FileRefused(_l("Choose a film: an MP4 or WebM file."), "film")
    if captions_id is None:
        raise FileRefused(_l("Choose the captions: a WebVTT file."), "captions")
    if video is None:
        video = CampaignVideo(campaign_id=draft.id)
        db.session.add(video)
    video.film_id, video.captions_id = film_id, captions_id
    video.captions_language, video.transcript = captions_language, transcript
    db.session.flush()
    for file_id in old:
        if file_id not in (film_id, captions_id):
            _forget(file_id)
    return video


def remove_film(campaign: Campaign) -> None:
    """Take the film away for good."""
    draft = hold_draft(campaign)
    video = db.session.get(CampaignVideo, draft.id)
    if video is None:
        return
    old = (video.film_id, video.captions_id)
    db.session.delete(video)
    db.session.flush()
    for file_id in old:
        _forget(file_id)


def add_evidence(
    campaign: Campaign, upload: Any, *, kind: str, title: str, cost_id: int | None, by: User, now: datetime
) -> CampaignEvidence:
    """Keep a quote, permission or letter for staff's eyes."""
    draft = hold_draft(campaign)
    there = db.session.scalar(select(func.count()).where(CampaignEvidence.campaign_id == draft.id)) or 0
    if there >= MOST_PAPERS:
        raise TooMany()
    file = files.keep_document(upload, now=now, field="document")
    evidence = CampaignEvidence(
        campaign_id=draft.id,
        kind=kind,
        title=title,
        cost_id=cost_id,
        file_id=file.id,
        added_by_id=by.id,
        added_at=now,
    )
    db.session.add(evidence)
    db.session.flush()
    return evidence


def remove_evidence(evidence: CampaignEvidence, campaign: Campaign) -> None:
    """Take a paper away for good."""
    hold_draft(campaign)
    file_id = evidence.file_id
    db.session.delete(evidence)
    db.session.flush()
    _forget(file_id)


def _keep_captions(upload: Any, now: datetime) -> StoredFile:
    try:
        cues = read_captions(upload.stream.read(1024 * 1024))
    except BadCaptions as bad:
        sentence = CAPTION_FAULTS[bad.fault]
        raise FileRefused(str(sentence) % {"line": bad.line}, "captions") from bad
    return files.keep_bytes(write_captions(cues), name="captions.vtt", media_type="text/vtt", is_public=True, now=now)


def _forget(file_id: int) -> None:
    db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))
