-- Needs that come from the interview, from alerts, from deliveries, and that a slip carries to a bureau and back.

alter table wishes.need add column slip_id uuid;

alter table wishes.need add column guess text;

comment on column wishes.need.slip_id is 'the slip by which a bureau was asked';

comment on column wishes.need.guess is 'what of the pool its words may be about, where nobody has sorted it: so that the same said twice is found';

create index need_slip on wishes.need (district, slip_id) where slip_id is not null;

create index need_origin on wishes.need (district, origin_id) where origin_id is not null;

alter table outreach.case add column needs text[] not null default '{}';

comment on column outreach.case.needs is 'what the family said it needs most, when it handed in; it becomes needs once it can be taken back no more';
