-- +goose Up
-- What the grader said of a part when it was answered, where a ruling says otherwise.
ALTER TABLE mark ADD COLUMN graded TEXT NOT NULL DEFAULT '';
-- Of a trust: the event that it speaks of.
ALTER TABLE event ADD COLUMN about INTEGER NOT NULL DEFAULT 0;
-- How often a learner's past has been judged again, and a ruling on a question been made
-- or taken back: what is decided meanwhile is decided again.
ALTER TABLE learner ADD COLUMN judged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN ruled INTEGER NOT NULL DEFAULT 0;
-- Derived: the last ruling that changed a sitting's result.
ALTER TABLE sitting ADD COLUMN ruled INTEGER NOT NULL DEFAULT 0;

-- What a learner says against a verdict (I was right, of a part) or a question (part 0).
CREATE TABLE contest (
    learner INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    why TEXT NOT NULL,
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    given TEXT NOT NULL,
    folded TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    reply TEXT NOT NULL DEFAULT '',
    answered INTEGER NOT NULL DEFAULT 0,
    ruling INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (learner, seq, part),
    FOREIGN KEY (learner, seq) REFERENCES event (learner, seq) ON DELETE CASCADE,
    FOREIGN KEY (question, version) REFERENCES version (question, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX contest_open ON contest (question) WHERE state = 'open';
CREATE UNIQUE INDEX contest_report ON contest (learner, question, version) WHERE part = 0 AND state = 'open';

-- A later decision about questions: it is made once, and taken back at most once.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    bank INTEGER NOT NULL REFERENCES bank,
    decision TEXT NOT NULL,
    question INTEGER NOT NULL REFERENCES question,
    part INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    texts TEXT NOT NULL,
    version INTEGER NOT NULL,
    lexicon INTEGER NOT NULL,
    was TEXT NOT NULL,
    token TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0,
    finished INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX ruling_token ON ruling (actor, token);
CREATE INDEX ruling_under_way ON ruling (id) WHERE finished = 0;

-- The questions that a ruling is about, with the newest version of each (0: every one).
CREATE TABLE ruled (
    question INTEGER NOT NULL REFERENCES question,
    ruling INTEGER NOT NULL REFERENCES ruling,
    until INTEGER NOT NULL,
    PRIMARY KEY (question, ruling)
) STRICT, WITHOUT ROWID;
CREATE INDEX ruled_ruling ON ruled (ruling);

-- The classes for whose pupils alone a ruling is; none: it is for everybody.
CREATE TABLE ruled_class (
    class INTEGER NOT NULL REFERENCES class ON DELETE CASCADE,
    ruling INTEGER NOT NULL REFERENCES ruling,
    PRIMARY KEY (class, ruling)
) STRICT, WITHOUT ROWID;
CREATE INDEX ruled_class_ruling ON ruled_class (ruling);

-- Whom a ruling is about, by the answers given until then, and has reached; of a class's,
-- also from when on.
CREATE TABLE judged (
    ruling INTEGER NOT NULL REFERENCES ruling,
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    since INTEGER NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (ruling, learner)
) STRICT, WITHOUT ROWID;
CREATE INDEX judged_learner ON judged (learner);
CREATE INDEX judged_left ON judged (ruling) WHERE done = 0;

-- +goose StatementBegin
CREATE TRIGGER ruling_kept BEFORE UPDATE ON ruling
WHEN (OLD.at, OLD.actor, OLD.classes, OLD.decision, OLD.question, OLD.part, OLD.fact, OLD.entity, OLD.texts, OLD.version, OLD.lexicon)
    IS NOT (NEW.at, NEW.actor, NEW.classes, NEW.decision, NEW.question, NEW.part, NEW.fact, NEW.entity, NEW.texts, NEW.version, NEW.lexicon)
    OR (OLD.undone <> 0 AND NEW.undone <> OLD.undone)
BEGIN
    SELECT RAISE(ABORT, 'rulings are never changed');
END;
-- +goose StatementEnd
