-- The same questions as `leercirkel national`, as someone would write them by hand for DuckDB.
-- Given: views results, enrolments, marks (one batch of schools), and tables of what all schools share: line (a row per
-- tier, moment and grade), test (a row per calendar line and grade), label (level, scale, rank), avi_rank, step.
-- One statement per table; the benchmark runs them in order and writes the tables whose name begins with answer_.

create temp table seat as
with unit as (
  select school, school_year, "group", grade, count(distinct pupil) n from enrolments group by all
), mixed as (
  select school, school_year, "group", count(*) > 1 and min(n) >= 5 and count(grade) = count(*) as split
  from unit group by all
)
select e.*, m.split,
  "from" = min("from") over pupil_year as is_first,
  lead("from") over (partition by school, pupil, school_year order by "from", "group") as next_from
from enrolments e join mixed m using (school, school_year, "group")
window pupil_year as (partition by school, pupil, school_year);

create temp table taken as
with last_one as (
  select * from results where moment is not null
  qualify row_number() over (
    partition by school, pupil, school_year, moment, subject, instrument
    order by not_taken is null desc, coalesce(taken_on, date '1900-01-01') desc, source desc) = 1
)
select r.school, r.pupil, r.school_year, r.moment, r.subject, r.instrument, r.version, r.taken_on, r.not_taken,
  r.score, r.level, r.dle, r.dle_operator, r.avi, s."group", s.grade, s.split, s.first_year_in_group3,
  r.school_year * 10 + case r.moment when 'B' then 1 when 'M' then 2 else 3 end as turn
from last_one r join seat s using (school, pupil, school_year)
where (s.is_first or s."from" <= coalesce(r.taken_on, date '1900-01-01'))
  and (s.next_from is null or coalesce(r.taken_on, date '1900-01-01') < s.next_from);

create temp table plus as
select school, pupil, subject, instrument, min(turn) plus_since from taken where avi = 'Plus' group by all;

create temp table absent as
with known as (select distinct school, school_year, moment, subject, instrument from taken),
placed as (
  select *, ((month("from") + 4) % 12 + 1) * 100 + day("from") day_from,
    ((month("until") + 4) % 12 + 1) * 100 + day("until") day_until
  from seat
), expected as (
  select s.school, s.pupil, s.school_year, t.moment, t.subject, t.instrument, s."group", s.grade, s.split,
    s.first_year_in_group3, s."from"
  from placed s join test t on t.grade_key = coalesce(s.grade, 0)
    and s.day_from <= t.last_day and s.day_until >= t.first_day
  where (s.grade is null or s.grade > 2 and not (s.grade = 8 and t.moment = 'E'))
    and (s.school, s.school_year, t.moment, t.subject, t.instrument) in (from known)
  qualify "from" = max("from") over (partition by s.school, s.pupil, s.school_year, t.moment, t.subject, t.instrument)
)
select e.*, e.school_year * 10 + case e.moment when 'B' then 1 when 'M' then 2 else 3 end as turn
from expected e anti join taken t using (school, pupil, school_year, moment, subject, instrument);

create temp table sitting as
with rows as (
  select school, pupil, school_year, moment, subject, instrument, version, taken_on, coalesce(not_taken, 'counted') as status,
    score, level, dle, dle_operator, avi, "group", grade, split, first_year_in_group3, false as carried
  from taken
  union all
  select a.school, a.pupil, a.school_year, a.moment, a.subject, a.instrument, null, null,
    if(p.plus_since < a.turn, 'counted', 'missing'), null, null, null, null, if(p.plus_since < a.turn, 'Plus', null),
    a."group", a.grade, a.split, a.first_year_in_group3, coalesce(p.plus_since < a.turn, false)
  from absent a left join plus p using (school, pupil, subject, instrument)
), version_counts as (
  select school, school_year, "group", subject, moment, instrument, coalesce(version, '') as version, count(*) n
  from rows where status = 'counted' and not carried group by all
), of_group as (
  select school, school_year, "group", subject, moment, instrument, arg_max(version, (n, version)) as version
  from version_counts group by all
), of_school as (
  select school, school_year, subject, moment, instrument, arg_max(version, (n, version)) as version
  from (select school, school_year, subject, moment, instrument, version, sum(n) n from version_counts group by all)
  group by all
), years as (
  select distinct school, pupil, school_year from rows
), cared as (  -- the mark that holds at the start of the school year, else the first within it
  select y.school, y.pupil, y.school_year, max(m.care) as care
  from years y join marks m using (school, pupil)
  where m.care is not null and year(m."from") - (month(m."from") < 8)::int <= y.school_year
    and (m."until" is null or year(m."until") - (month(m."until") < 8)::int >= y.school_year)
  group by y.school, y.pupil, y.school_year, m."from"
  qualify m."from" = min(m."from") over (partition by y.school, y.pupil, y.school_year)
), aged as (
  select r.* replace (
      case when r.status = 'counted' and not r.carried then coalesce(r.version, '')
        else coalesce(g.version, s.version, '') end as version),
    coalesce(c.care, false) as care,
    greatest(0, least(60, 10 * (r.school_year - r.first_year_in_group3) + case
      when r.taken_on is not null then least(10, (month(r.taken_on) + 4) % 12)
      when r.moment = 'B' then 0 when r.moment = 'M' then 5 else 10 end)) + 0 * r.first_year_in_group3 as dl
  from rows r
  left join of_group g using (school, school_year, "group", subject, moment, instrument)
  left join of_school s using (school, school_year, subject, moment, instrument)
  left join cared c using (school, pupil, school_year)
)
select a.*, l.scale, l.rank, v.rank as avi_rank, if(a.dle_operator = '=', a.dle, null) as exact_dle
from aged a left join label l using (level) left join avi_rank v using (avi);

create temp table tier as
select school, school_year, subject, moment, instrument, version, "group", grade, split, tier, care_line, target_share,
  count(*) judged, sum(reached::int) reached, min(threshold) threshold_low, max(threshold) threshold_high,
  min(measure) measure, sum((threshold is null)::int) own_lines
from (
  select s.*, l.tier, l.of_care as care_line, l.target_share, l.threshold, l.measure,
    case l.measure
      when 'score' then s.score >= l."limit"
      when 'level' then if(s.scale = l.limit_scale, s.rank >= l."limit", null)
      when 'avi' then s.avi_rank >= l."limit"
    end as reached
  from sitting s join line l on l.subject = s.subject and l.moment = s.moment and l.at_grade = coalesce(s.grade, 0)
    and (l.of_instrument is null or l.of_instrument = s.instrument) and (not l.of_care or s.care)
  where s.status = 'counted'
)
where reached is not null
group by all;

create temp table answer_overview as
select school, school_year, subject, moment, instrument, version, "group", count(*) expected,
  count(*) filter (status = 'counted') n_counted, count(*) filter (status = 'missing') n_missing,
  count(*) filter (status = 'ill') n_ill, count(*) filter (status = 'exempt') n_exempt,
  count(*) filter (status = 'too_hard') n_too_hard, count(*) filter (status = 'just_arrived') n_just_arrived,
  count(*) filter (status = 'moved') n_moved, count(*) filter (status = 'other') n_other,
  sum((dle_operator <> '=')::int) censored, max(split) as split, min(coalesce(grade, 0)) grade_low,
  max(coalesce(grade, 0)) grade_high, min(dl) dl_low, max(dl) dl_high, avg(dl) dl_mean,
  count(score) score_n, avg(score) score_mean, stddev_samp(score) score_sd,
  count(exact_dle) dle_n, avg(exact_dle) dle_mean, stddev_samp(exact_dle) dle_sd
from sitting group by school, school_year, subject, moment, instrument, version, "group";

create temp table answer_overview_levels as
select school, school_year, subject, moment, instrument, version, "group", level, count(*) n from sitting
where status = 'counted' and level is not null group by school, school_year, subject, moment, instrument, version, "group", level;

create temp table answer_overview_tiers as
select school, school_year, subject, moment, instrument, version, "group", tier, care_line, target_share, sum(judged) judged, sum(reached) reached, sum(own_lines) own_lines,
  min(threshold_low) threshold_low, max(threshold_high) threshold_high, min(measure) measure
from tier group by school, school_year, subject, moment, instrument, version, "group", tier, care_line, target_share;

create temp table answer_combinations as
select school, school_year, subject, moment, instrument, version, "group", grade, count(*) expected,
  count(*) filter (status = 'counted') n_counted, count(*) filter (status = 'missing') n_missing,
  count(*) filter (status = 'ill') n_ill, count(*) filter (status = 'exempt') n_exempt,
  count(*) filter (status = 'too_hard') n_too_hard, count(*) filter (status = 'just_arrived') n_just_arrived,
  count(*) filter (status = 'moved') n_moved, count(*) filter (status = 'other') n_other,
  sum((dle_operator <> '=')::int) censored, max(split) as split, min(coalesce(grade, 0)) grade_low,
  max(coalesce(grade, 0)) grade_high, min(dl) dl_low, max(dl) dl_high, avg(dl) dl_mean,
  count(score) score_n, avg(score) score_mean, stddev_samp(score) score_sd,
  count(exact_dle) dle_n, avg(exact_dle) dle_mean, stddev_samp(exact_dle) dle_sd
from sitting where split group by school, school_year, subject, moment, instrument, version, "group", grade;

create temp table answer_combinations_levels as
select school, school_year, subject, moment, instrument, version, "group", grade, level, count(*) n from sitting
where status = 'counted' and level is not null and split group by school, school_year, subject, moment, instrument, version, "group", grade, level;

create temp table answer_combinations_tiers as
select school, school_year, subject, moment, instrument, version, "group", grade, tier, care_line, target_share, sum(judged) judged, sum(reached) reached, sum(own_lines) own_lines,
  min(threshold_low) threshold_low, max(threshold_high) threshold_high, min(measure) measure
from tier where split group by school, school_year, subject, moment, instrument, version, "group", grade, tier, care_line, target_share;

create temp table answer_totals as
select school, school_year, subject, moment, instrument, version, count(*) expected,
  count(*) filter (status = 'counted') n_counted, count(*) filter (status = 'missing') n_missing,
  count(*) filter (status = 'ill') n_ill, count(*) filter (status = 'exempt') n_exempt,
  count(*) filter (status = 'too_hard') n_too_hard, count(*) filter (status = 'just_arrived') n_just_arrived,
  count(*) filter (status = 'moved') n_moved, count(*) filter (status = 'other') n_other,
  sum((dle_operator <> '=')::int) censored, max(split) as split, min(coalesce(grade, 0)) grade_low,
  max(coalesce(grade, 0)) grade_high, min(dl) dl_low, max(dl) dl_high, avg(dl) dl_mean,
  count(score) score_n, avg(score) score_mean, stddev_samp(score) score_sd,
  count(exact_dle) dle_n, avg(exact_dle) dle_mean, stddev_samp(exact_dle) dle_sd
from sitting group by school, school_year, subject, moment, instrument, version;

create temp table answer_totals_levels as
select school, school_year, subject, moment, instrument, version, level, count(*) n from sitting
where status = 'counted' and level is not null group by school, school_year, subject, moment, instrument, version, level;

create temp table answer_totals_tiers as
select school, school_year, subject, moment, instrument, version, tier, care_line, target_share, sum(judged) judged, sum(reached) reached, sum(own_lines) own_lines,
  min(threshold_low) threshold_low, max(threshold_high) threshold_high, min(measure) measure
from tier group by school, school_year, subject, moment, instrument, version, tier, care_line, target_share;

create temp table answer_grade_trend as
select grade, school, subject, instrument, moment, school_year, version, count(*) expected,
  count(*) filter (status = 'counted') n_counted, count(*) filter (status = 'missing') n_missing,
  count(*) filter (status = 'ill') n_ill, count(*) filter (status = 'exempt') n_exempt,
  count(*) filter (status = 'too_hard') n_too_hard, count(*) filter (status = 'just_arrived') n_just_arrived,
  count(*) filter (status = 'moved') n_moved, count(*) filter (status = 'other') n_other,
  sum((dle_operator <> '=')::int) censored, max(split) as split, min(coalesce(grade, 0)) grade_low,
  max(coalesce(grade, 0)) grade_high, min(dl) dl_low, max(dl) dl_high, avg(dl) dl_mean,
  count(score) score_n, avg(score) score_mean, stddev_samp(score) score_sd,
  count(exact_dle) dle_n, avg(exact_dle) dle_mean, stddev_samp(exact_dle) dle_sd
from sitting where grade is not null group by grade, school, subject, instrument, moment, school_year, version;

create temp table answer_grade_trend_tiers as
select grade, school, subject, instrument, moment, school_year, version, tier, care_line, target_share, sum(judged) judged, sum(reached) reached, sum(own_lines) own_lines,
  min(threshold_low) threshold_low, max(threshold_high) threshold_high, min(measure) measure
from tier where grade is not null group by grade, school, subject, instrument, moment, school_year, version, tier, care_line, target_share;

create temp table measured as
select school, pupil, school_year, moment, subject, instrument, version, "group", grade,
  if(scored, 'score', 'dle') as quantity, if(scored, score, exact_dle) as "value"
from (
  select *, count(score) over version_of_school >= count(dle) over version_of_school as scored
  from sitting where status = 'counted'
  window version_of_school as (partition by school, subject, instrument, version)
)
where "value" is not null;

-- Where a pupil sat last in each year, and whether that group is the only one of its grade.
create temp table place as
with last_seat as (
  select school, pupil, school_year, "group", coalesce(grade, 0) grade_key from enrolments
  qualify row_number() over (partition by school, pupil, school_year order by "from" desc, "group" desc) = 1
), grades as (
  select school, school_year, "group", min(grade_key) low, max(grade_key) high from last_seat group by all
), rooms as (
  select school, school_year, grade_key, count(distinct "group") n from last_seat group by all
)
select l.*, g.low = g.high and g.low > 0 and r.n = 1 as sole
from last_seat l join grades g using (school, school_year, "group") join rooms r using (school, school_year, grade_key);

-- Whom the results of an earlier moment are now compared with: the group that is the only one of the grade they went
-- to, else where most of their grade in their former group (unit0; 0 in a special school: the whole group) now sits
-- (within a year: that group itself).
create temp table usual as  -- no pupil of the invented country has a destination
select school, avg((grade is null)::int) < 0.5 as by_grade from sitting group by school;

create temp table followed_by as
with flow as (
  select n.school, n.school_year, f."group" group0, if(u.by_grade, f.grade_key, 0) unit0, n."group", n.sole, count(*) pupils
  from place f join usual u using (school)
  join place n on n.school = f.school and n.pupil = f.pupil and n.school_year = f.school_year + 1
  group by all
), largest as (
  select * from flow
  qualify row_number() over (partition by school, school_year, group0, unit0 order by pupils desc, "group" desc) = 1
)
select school, school_year, group0, unit0, 1 as years, "group" as successor from largest where not sole
union all
select distinct school, school_year, "group", 0, 0, "group" from place where not sole;

create temp table now_value as
select m.*, s.step, s.years, coalesce(p.is_sole, false) is_sole
from measured m join step s on s.to_moment = m.moment
left join (select distinct school, school_year, "group", true is_sole from place where sole) p
  using (school, school_year, "group");

create temp table before_value as
select m.school, m.pupil, m.subject, m.instrument, m.version, m.quantity, s.step, s.years, m."group" group0,
  m.grade grade0, m."value" v0, m.school_year + s.years as school_year
from measured m join step s on s.from_moment = m.moment;

create temp table member as
select n.school, n.school_year, n."group", n.subject, n.instrument, n.version, n.quantity, n.step, n.grade,
  if(not n.is_sole or b.grade0 = n.grade - n.years, b.v0, null) v0, n."value" v1, 0 as present
from now_value n left join before_value b using (school, pupil, school_year, subject, instrument, version, quantity, step)
union all
select t.school, t.school_year, t."group", t.subject, t.instrument, t.version, t.quantity, t.step, null, t.v0, null,
  (seat.pupil is not null)::int
from (
  select b.*, coalesce(only_one."group", f.successor) as "group",
    if(u.by_grade and only_one."group" is null, b.grade0 + b.years, null) as next_grade
  from before_value b join usual u using (school)
  left join (select distinct school, school_year, "group", grade_key from place where sole) only_one
    on only_one.school = b.school and only_one.school_year = b.school_year
    and only_one.grade_key = b.grade0 + b.years
  left join followed_by f
    on f.school = b.school and f.school_year = b.school_year and f.group0 = b.group0 and f.years = b.years
    and f.unit0 = if(u.by_grade and b.years = 1, coalesce(b.grade0, 0), 0)
  where b.grade0 is null or b.grade0 + b.years <= 8
) t
anti join now_value n using (school, pupil, school_year, "group", subject, instrument, version, quantity, step)
semi join now_value c using (school, school_year, "group", subject, instrument, version, quantity, step)
left join place seat using (school, pupil, school_year, "group")
left join (
  select distinct school, school_year, "group", subject, instrument, version, quantity, step,
    coalesce(grade, 0) grade_key, true as tested from now_value
) g on g.school = t.school and g.school_year = t.school_year and g."group" = t."group" and g.subject = t.subject
  and g.instrument = t.instrument and g.version = t.version and g.quantity = t.quantity and g.step = t.step
  and g.grade_key = coalesce(seat.grade_key, t.next_grade)
where g.tested or coalesce(seat.grade_key, t.next_grade) is null;

create temp table answer_cohort_trend as
select school, school_year, "group", subject, instrument, version, quantity, step,
  count(v1) n_to, count(v0) n_from, count(v1 - v0) stayers, avg(v1) mean_to, avg(v0) mean_from,
  avg(v1) filter (v0 is not null) stayers_to, avg(v0) filter (v1 is not null) stayers_from,
  avg(v1 - v0) growth, stddev_samp(v1 - v0) growth_sd, sum(present) leavers_present,
  min(grade) grade_low, max(grade) grade_high
from member group by all having count(v0) > 0;

create temp table answer_growth as
with counted as (
  select school, pupil, school_year, moment, subject, instrument, version, "group", unnest([
      {quantity: 'score', "value": score}, {quantity: 'dle', "value": exact_dle}, {quantity: 'avi', "value": avi_rank}
    ], recursive := true)
  from sitting where status = 'counted'
), pair as (
  select n.school, n.school_year, n."group", n.subject, n.instrument, n.quantity, s.from_moment, s.years, s.to_moment,
    n."value" - b."value" change
  from counted n
  join step s on s.to_moment = n.moment and s.of_growth
  join counted b on b.moment = s.from_moment and b.school = n.school and b.pupil = n.pupil
    and b.school_year = n.school_year - s.years and b.subject = n.subject and b.instrument = n.instrument
    and b.version = n.version and b.quantity = n.quantity
  where n."value" is not null and b."value" is not null
)
select school, school_year, "group", subject, instrument, quantity, from_moment, years, to_moment,
  count(*) n, avg(change) mean, stddev_samp(change) sd, median(change) as middle, sum((change >= 1)::int) steps
from pair group by all;

create temp table answer_learning_yield as
with known as (
  select *, if(dle_operator <> '>', dle, null) at_most, if(dle_operator <> '<', dle, null) at_least
  from sitting where status = 'counted' and dle is not null
), marked as (
  select *, (coalesce(at_least - min(at_most) over pupil_moment > uneven_from(), false)
      or coalesce(max(at_least) over pupil_moment - at_most > uneven_from(), false))::int uneven,
    case when dle_operator <> '=' then 'censored' when dl is null then 'no_dl' when dl < 10 then 'dl_below_10' end as withheld
  from known window pupil_moment as (partition by school, pupil, school_year, moment, instrument)
)
select school, school_year, "group", subject, moment,
  count(dle / dl) filter (withheld is null) counted, median(dle / dl) filter (withheld is null) as median,
  sum(uneven) uneven, count(*) filter (withheld = 'censored') censored, count(*) filter (withheld = 'no_dl') no_dl,
  count(*) filter (withheld = 'dl_below_10') dl_below_10
from marked group by all;
