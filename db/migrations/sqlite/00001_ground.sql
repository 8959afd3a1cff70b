-- +goose Up
CREATE TABLE school (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    zone TEXT NOT NULL,
    url TEXT NOT NULL,
    ready INTEGER NOT NULL
) STRICT;

CREATE TABLE secret (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- A person who learns; a guest has no name.
CREATE TABLE learner (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT UNIQUE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    words BLOB UNIQUE,
    words_n INTEGER NOT NULL,
    noted INTEGER NOT NULL,
    lang TEXT NOT NULL,
    zone TEXT NOT NULL,
    theme TEXT NOT NULL,
    buttons INTEGER NOT NULL,
    keys_off INTEGER NOT NULL,
    disabled INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    hash BLOB NOT NULL PRIMARY KEY,
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    keep INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed attempts at a door, counted by the minute.
CREATE TABLE failure (
    key TEXT NOT NULL,
    minute INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (key, minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    hash BLOB NOT NULL PRIMARY KEY,
    what TEXT NOT NULL,
    learner INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    what TEXT NOT NULL,
    about INTEGER NOT NULL
) STRICT;

CREATE TABLE bank (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    about TEXT NOT NULL,
    source TEXT NOT NULL,
    built_in INTEGER NOT NULL,
    hash TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;

CREATE TABLE topic (
    id INTEGER PRIMARY KEY,
    bank INTEGER NOT NULL REFERENCES bank,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    pos INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE section (
    bank INTEGER NOT NULL REFERENCES bank,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    pos INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (bank, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    bank INTEGER NOT NULL REFERENCES bank,
    slug TEXT NOT NULL,
    section TEXT NOT NULL,
    pos INTEGER NOT NULL,
    text TEXT NOT NULL,
    gone INTEGER NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE lexicon (
    bank INTEGER NOT NULL REFERENCES bank,
    revision INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (bank, revision)
) STRICT, WITHOUT ROWID;

-- A numbered revision of a bank's names: never changed.
CREATE TABLE entity (
    bank INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id INTEGER NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    spellings TEXT NOT NULL,
    PRIMARY KEY (bank, revision, id),
    FOREIGN KEY (bank, revision) REFERENCES lexicon (bank, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    id INTEGER PRIMARY KEY,
    bank INTEGER NOT NULL REFERENCES bank,
    topic INTEGER NOT NULL REFERENCES topic,
    slug TEXT NOT NULL,
    text TEXT NOT NULL,
    lang TEXT NOT NULL,
    twin TEXT NOT NULL,
    passage INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    bank INTEGER NOT NULL REFERENCES bank,
    topic INTEGER NOT NULL REFERENCES topic,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    latest INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

-- A wording of a question: never changed.
CREATE TABLE version (
    question INTEGER NOT NULL REFERENCES question,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    lang TEXT NOT NULL,
    prompt TEXT NOT NULL,
    explain TEXT NOT NULL,
    passage INTEGER NOT NULL,
    level TEXT NOT NULL,
    fixed INTEGER NOT NULL,
    hash TEXT NOT NULL,
    made INTEGER NOT NULL,
    PRIMARY KEY (question, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    part INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    text TEXT NOT NULL,
    match TEXT NOT NULL,
    credit REAL NOT NULL,
    slack REAL NOT NULL,
    feedback TEXT NOT NULL,
    entity INTEGER NOT NULL,
    PRIMARY KEY (question, version, pos),
    FOREIGN KEY (question, version) REFERENCES version (question, n)
) STRICT, WITHOUT ROWID;

-- A go at a list of questions; item holds the questions.
CREATE TABLE sitting (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    n INTEGER NOT NULL,
    mode TEXT NOT NULL,
    topic INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    count INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (learner, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
    learner INTEGER NOT NULL,
    sitting INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    bank INTEGER NOT NULL,
    lexicon INTEGER NOT NULL,
    ord TEXT NOT NULL,
    state TEXT NOT NULL,
    tried TEXT NOT NULL,
    token TEXT NOT NULL,
    seq INTEGER NOT NULL,
    credit REAL NOT NULL,
    verdict TEXT NOT NULL,
    again INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (learner, sitting, pos),
    FOREIGN KEY (learner, sitting) REFERENCES sitting (learner, n) ON DELETE CASCADE,
    FOREIGN KEY (question, version) REFERENCES version (question, n)
) STRICT, WITHOUT ROWID;

-- One thing a learner did: appended and never changed.
CREATE TABLE event (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    zone TEXT NOT NULL,
    what TEXT NOT NULL,
    question INTEGER NOT NULL,
    version INTEGER NOT NULL,
    lexicon INTEGER NOT NULL,
    ord TEXT NOT NULL,
    response TEXT NOT NULL,
    tried TEXT NOT NULL,
    took INTEGER NOT NULL,
    sure INTEGER NOT NULL,
    token TEXT NOT NULL,
    sitting INTEGER NOT NULL,
    pos INTEGER NOT NULL,
    voids INTEGER NOT NULL,
    PRIMARY KEY (learner, seq),
    FOREIGN KEY (question, version) REFERENCES version (question, n)
) STRICT, WITHOUT ROWID;

-- Derived from events: what each was worth.
CREATE TABLE mark (
    learner INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    credit REAL NOT NULL,
    verdict TEXT NOT NULL,
    canonical TEXT NOT NULL,
    reason TEXT NOT NULL,
    given INTEGER NOT NULL,
    self INTEGER NOT NULL,
    recall REAL NOT NULL,
    stability REAL NOT NULL,
    elapsed INTEGER NOT NULL,
    grader INTEGER NOT NULL,
    PRIMARY KEY (learner, seq, part),
    FOREIGN KEY (learner, seq) REFERENCES event (learner, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Derived from events: the memory of a fact. No index on due: a learner's cards lie together and are scanned.
CREATE TABLE card (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    fact INTEGER NOT NULL REFERENCES fact,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    phase TEXT NOT NULL,
    step INTEGER NOT NULL,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    last INTEGER NOT NULL,
    due INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (learner, fact)
) STRICT, WITHOUT ROWID;

-- Derived from events: a learner's day.
CREATE TABLE rollup (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    day INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    right_n INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    recalled INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    took INTEGER NOT NULL,
    PRIMARY KEY (learner, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_learner ON session (learner);
CREATE INDEX fact_topic ON fact (bank, topic);
CREATE INDEX question_bank ON question (bank, state);
CREATE UNIQUE INDEX sitting_token ON sitting (learner, token) WHERE token <> '';
CREATE UNIQUE INDEX event_voids ON event (learner, voids) WHERE voids <> 0;
CREATE UNIQUE INDEX event_token ON event (learner, token) WHERE token <> '';

-- +goose StatementBegin
CREATE TRIGGER event_kept BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_stays BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM learner WHERE id = OLD.learner)
BEGIN
    SELECT RAISE(ABORT, 'events go only with their learner');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER version_kept BEFORE UPDATE ON version
BEGIN
    SELECT RAISE(ABORT, 'versions are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER answer_kept BEFORE UPDATE ON answer
BEGIN
    SELECT RAISE(ABORT, 'answers are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entity_kept BEFORE UPDATE ON entity
BEGIN
    SELECT RAISE(ABORT, 'entities are never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER lexicon_kept BEFORE UPDATE ON lexicon
BEGIN
    SELECT RAISE(ABORT, 'lexicon revisions are never changed');
END;
-- +goose StatementEnd
