"""The figures of a day up to its cut-off, counted from the fold and never stored."""

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import birth_of, others_of, sex_of
from fieldapp.domain.people import TodayFigures
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Sex
from fieldapp.domain.summary import Summary, age_group
from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.storage import counts
from fieldapp.storage.backlog_queries import backlog
from fieldapp.storage.drafts import count_drafts
from fieldapp.storage.slip_terms import expired_between
from fieldapp.storage.units import ReadUnit

CUT_OFFS = ("10:00", "15:00", "20:00")
"""When posts report, three times a day."""

_HOURS = 24
_DAYS_BEFORE = 7
_START_OF_TIME = 0


def summarise(desk: Desk, day: date, cut_off: str = "20:00") -> Summary:
    """Count a day up to its cut-off (`HH:MM`, local; `24:00` for the whole day). Raises Problem(`cut_off_unreadable`)."""
    span = desk.day(day)
    ends_ms = _cut_off_ms(desk, day, cut_off)
    with desk.database.read() as unit:
        return _count(desk, unit, day, cut_off, span.begins_ms, ends_ms)


def log_summary(desk: Desk, summary: Summary) -> None:
    """Log that a summary was made; done when it leaves the program as a file or on paper."""
    with desk.database.write() as unit:
        payload = {"day": summary.day.isoformat(), "cut_off": summary.cut_off}
        unit.record(desk.author, [ChangeDraft(Kind.SUMMARY_MADE, desk.device.device_id, payload)])


def summary_pdf(summary: Summary, language: Language, paper: str = "letter", zone: str = "America/Bogota") -> bytes:
    """Return the summary as a one-page PDF on `letter` or `a4` paper."""
    from fieldapp.documents.summary import render_summary  # noqa: PLC0415 - reportlab is slow to import

    return render_summary(summary, language, paper, zone=zone)


def todays_figures(desk: Desk) -> TodayFigures:
    """Count what the status line and the Today place show."""
    span = desk.day(desk.today())
    with desk.database.read() as unit:
        only_here = backlog(unit, (desk.device.device_id, desk.device.epoch))
        age_ms = desk.now_ms() - (only_here.oldest_ms or desk.now_ms())
        oldest_group = counts.oldest_to_complete(unit)
        return TodayFigures(
            counts.people_arrived(unit, span.begins_ms, span.ends_ms),
            counts.people_present(unit, desk.now_ms()),
            sum(arrived.is_group for arrived in counts.arrivals(unit, span.begins_ms, span.ends_ms)),
            counts.children_alone(unit, span.begins_ms, span.ends_ms),
            counts.groups_to_complete(unit),
            only_here.records,
            only_here.oldest_ms,
            count_drafts(unit),
            counts.last_time(unit, Kind.BACKUP_MADE),
            desk.operation.limits.pressure(only_here.records, age_ms),
            *(oldest_group or ()),
        )


def _cut_off_ms(desk: Desk, day: date, cut_off: str) -> int:
    if cut_off == "24:00":
        return desk.day(day).ends_ms
    try:
        return desk.at(day, time.fromisoformat(cut_off))
    except ValueError as error:
        raise Problem("cut_off_unreadable", value=cut_off) from error


def _count(desk: Desk, unit: ReadUnit, day: date, cut_off: str, begins_ms: int, ends_ms: int) -> Summary:
    groups = counts.arrivals(unit, begins_ms, ends_ms)
    people = counts.arrived_individuals(unit, begins_ms, ends_ms)
    by_hour = [0] * _HOURS
    by_post, by_crossing = Counter[str](), Counter[str]()
    by_sex_and_age = Counter[tuple[Sex, str]]()
    zone = ZoneInfo(desk.zone)
    for group in groups:
        by_hour[_local_hour(group.at_ms, zone)] += group.size
        by_post[group.post] += group.size
        by_crossing[group.crossing_kind] += group.size
        if not group.complete:
            for count in others_of(json.loads(group.others)):
                by_sex_and_age[count.sex, count.age_group] += count.count
    for person in people:
        by_sex_and_age[sex_of(person.sex), age_group(birth_of(person.birth).age_on(day))] += 1
    by_nationality = Counter(person.nationality.split(" ")[0] for person in people)
    not_in_full = sum(group.size for group in groups) - len(people)
    if not_in_full > 0:
        by_nationality[""] += not_in_full
    return Summary(
        day=day,
        cut_off=cut_off,
        made_by=desk.actor.display_name,
        made_at_ms=desk.now_ms(),
        organisation=desk.operation.organisation,
        operation=desk.operation.name,
        posts=(desk.device.post,),
        shelter=desk.device.shelter,
        arrivals=sum(group.size for group in groups),
        groups=sum(group.is_group for group in groups),
        individuals_in_full=len(people),
        arrivals_by_hour=tuple(by_hour),
        arrivals_by_post=dict(by_post),
        by_sex_and_age=dict(by_sex_and_age),
        by_nationality=dict(by_nationality),
        needs=dict(counts.needs_of_arrived(unit, begins_ms, ends_ms)),
        crossing_kinds=dict(by_crossing),
        last_seven_days=_days_before(desk, unit, day),
        cumulative=counts.people_arrived(unit, _START_OF_TIME, ends_ms),
        children_alone=counts.children_alone(unit, begins_ms, ends_ms),
        to_complete=sum(not group.complete for group in groups),
        without_documents=sum(not person.has_document for person in people),
        slips_issued=counts.done(unit, Kind.SLIP_ISSUED, begins_ms, ends_ms),
        slips_reprinted=counts.done(unit, Kind.SLIP_REPRINTED, begins_ms, ends_ms),
        slips_voided=counts.done(unit, Kind.SLIP_VOIDED, begins_ms, ends_ms),
        slips_reissued=counts.done(unit, Kind.SLIP_REISSUED, begins_ms, ends_ms),
        slips_expired=expired_between(unit, begins_ms, ends_ms),
        slips_not_printed=counts.done(unit, Kind.SLIP_NOT_PRINTED, begins_ms, ends_ms),
        drafts=count_drafts(unit),
        only_here=backlog(unit, (desk.device.device_id, desk.device.epoch)).records,
        conflicts=counts.conflicts(unit),
        vector=counts.vector(unit),
    )


def _local_hour(at_ms: int, zone: ZoneInfo) -> int:
    return datetime.fromtimestamp(at_ms / 1000, zone).hour


def _days_before(desk: Desk, unit: ReadUnit, day: date) -> tuple[tuple[date, int], ...]:
    days = [day - timedelta(days=back) for back in range(_DAYS_BEFORE, 0, -1)]
    return tuple((each, counts.people_arrived(unit, desk.day(each).begins_ms, desk.day(each).ends_ms)) for each in days)
