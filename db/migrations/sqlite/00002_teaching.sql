-- +goose Up
-- A bank belongs to a learner; 0: to the installation (the built-in one).
ALTER TABLE bank ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bank ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bank ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bank ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic ADD COLUMN parent INTEGER NOT NULL DEFAULT 0;
-- What a question was copied from, whose other direction it is, and what a search looks in.
ALTER TABLE question ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN origin_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN reverses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN author INTEGER NOT NULL DEFAULT 0;
CREATE INDEX bank_owner ON bank (owner);

-- The three-letter runs of what a search looks in.
CREATE TABLE gram (
    gram TEXT NOT NULL,
    bank INTEGER NOT NULL REFERENCES bank,
    question INTEGER NOT NULL REFERENCES question ON DELETE CASCADE,
    PRIMARY KEY (gram, bank, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX gram_question ON gram (question);

-- A teacher's group of learners.
CREATE TABLE class (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    zone TEXT NOT NULL,
    made INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    token TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX class_token ON class (token) WHERE token <> '';

-- Who is in a class, as what, and under which name and number there.
CREATE TABLE member (
    class INTEGER NOT NULL REFERENCES class ON DELETE CASCADE,
    n INTEGER NOT NULL,
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    joined INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (class, learner)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX member_n ON member (class, n);
CREATE UNIQUE INDEX member_name ON member (class, folded) WHERE gone = 0;
CREATE INDEX member_learner ON member (learner);

-- Which banks are given to a class.
CREATE TABLE class_bank (
    class INTEGER NOT NULL REFERENCES class ON DELETE CASCADE,
    bank INTEGER NOT NULL REFERENCES bank,
    given INTEGER NOT NULL,
    PRIMARY KEY (class, bank)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_bank_bank ON class_bank (bank);

-- Invitations have a maker and a role; the nonce lets the maker see the link again.
ALTER TABLE link ADD COLUMN maker INTEGER NOT NULL DEFAULT 0;
ALTER TABLE link ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE link ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
ALTER TABLE link ADD COLUMN nonce TEXT NOT NULL DEFAULT '';
CREATE INDEX link_maker ON link (maker, what);
CREATE INDEX link_learner ON link (learner, what);

-- In which class somebody looked at what.
ALTER TABLE audit ADD COLUMN class INTEGER NOT NULL DEFAULT 0;
CREATE INDEX audit_about ON audit (about, what);

-- How somebody likes it, and how many facts were met for the first time on a day.
ALTER TABLE learner ADD COLUMN text_size INTEGER NOT NULL DEFAULT 100;
ALTER TABLE learner ADD COLUMN new_a_day INTEGER NOT NULL DEFAULT 10;
ALTER TABLE learner ADD COLUMN days_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN met INTEGER NOT NULL DEFAULT 0;
