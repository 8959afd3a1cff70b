-- Times are milliseconds UTC (0: none), lists are JSON text ('': none).

-- +goose Up
CREATE TABLE school (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    name  TEXT    NOT NULL DEFAULT '',
    lang  TEXT    NOT NULL DEFAULT '',
    zone  TEXT    NOT NULL DEFAULT '',
    url   TEXT    NOT NULL DEFAULT '',
    ready INTEGER NOT NULL DEFAULT FALSE
) STRICT;
INSERT INTO school (id) VALUES (1);

CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE learner (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL,
    folded   TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    lang     TEXT    NOT NULL,
    zone     TEXT    NOT NULL,
    theme    TEXT    NOT NULL,
    buttons  INTEGER NOT NULL,
    keys_off INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    words    BLOB,
    words_n  INTEGER NOT NULL,
    noted    INTEGER NOT NULL,
    password TEXT    NOT NULL,
    off      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX learner_folded ON learner (folded) WHERE folded <> '';
CREATE UNIQUE INDEX learner_words ON learner (words) WHERE words IS NOT NULL;

CREATE TABLE session (
    hash    BLOB    PRIMARY KEY,
    learner INTEGER NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    ends    INTEGER NOT NULL,
    keep    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_learner ON session (learner);

CREATE TABLE failure (
    key TEXT    NOT NULL,
    at  INTEGER NOT NULL,
    n   INTEGER NOT NULL,
    PRIMARY KEY (key, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    hash    BLOB    PRIMARY KEY,
    what    TEXT    NOT NULL,
    learner INTEGER REFERENCES learner (id) ON DELETE CASCADE,
    ends    INTEGER NOT NULL,
    used    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_learner ON link (learner);

-- No foreign keys: a line outlives the people in it.
CREATE TABLE audit (
    id    INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    what  TEXT    NOT NULL,
    about INTEGER NOT NULL
) STRICT;

CREATE TABLE bank (
    id       INTEGER PRIMARY KEY,
    slug     TEXT    NOT NULL UNIQUE,
    title    TEXT    NOT NULL,
    lang     TEXT    NOT NULL,
    about    TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    built_in INTEGER NOT NULL,
    hash     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    lexicon  INTEGER NOT NULL
) STRICT;

CREATE TABLE topic (
    id      INTEGER PRIMARY KEY,
    bank    INTEGER NOT NULL REFERENCES bank (id),
    slug    TEXT    NOT NULL,
    pos     INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    title   TEXT    NOT NULL,
    about   TEXT    NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE section (
    id      INTEGER PRIMARY KEY,
    bank    INTEGER NOT NULL REFERENCES bank (id),
    slug    TEXT    NOT NULL,
    pos     INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    title   TEXT    NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE passage (
    id      INTEGER PRIMARY KEY,
    bank    INTEGER NOT NULL REFERENCES bank (id),
    slug    TEXT    NOT NULL,
    pos     INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    section INTEGER NOT NULL REFERENCES section (id),
    text    TEXT    NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE lexicon (
    bank     INTEGER NOT NULL REFERENCES bank (id),
    revision INTEGER NOT NULL,
    PRIMARY KEY (bank, revision)
) STRICT, WITHOUT ROWID;

-- An entity keeps its id through all revisions of its bank.
CREATE TABLE entity (
    bank      INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    slug      TEXT    NOT NULL,
    pos       INTEGER NOT NULL,
    kind      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    about     TEXT    NOT NULL,
    spellings TEXT    NOT NULL,
    PRIMARY KEY (bank, revision, id),
    UNIQUE (bank, revision, slug),
    FOREIGN KEY (bank, revision) REFERENCES lexicon (bank, revision)
) STRICT;
CREATE INDEX entity_id ON entity (id);

CREATE TABLE fact (
    id      INTEGER PRIMARY KEY,
    bank    INTEGER NOT NULL REFERENCES bank (id),
    slug    TEXT    NOT NULL,
    pos     INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    topic   INTEGER NOT NULL REFERENCES topic (id),
    text    TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    twin    TEXT    NOT NULL,
    passage INTEGER REFERENCES passage (id),
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE question (
    id      INTEGER PRIMARY KEY,
    bank    INTEGER NOT NULL REFERENCES bank (id),
    slug    TEXT    NOT NULL,
    pos     INTEGER NOT NULL,
    retired INTEGER NOT NULL,
    topic   INTEGER NOT NULL REFERENCES topic (id),
    kind    TEXT    NOT NULL,
    latest  INTEGER NOT NULL,
    UNIQUE (bank, slug)
) STRICT;

CREATE TABLE version (
    question INTEGER NOT NULL REFERENCES question (id),
    version  INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    lang     TEXT    NOT NULL,
    prompt   TEXT    NOT NULL,
    explain  TEXT    NOT NULL,
    passage  INTEGER REFERENCES passage (id),
    level    TEXT    NOT NULL,
    fixed    INTEGER NOT NULL,
    PRIMARY KEY (question, version)
) STRICT;

CREATE TABLE answer (
    question INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    part     INTEGER NOT NULL,
    fact     INTEGER REFERENCES fact (id),
    text     TEXT    NOT NULL,
    match    TEXT    NOT NULL,
    credit   REAL    NOT NULL,
    slack    REAL    NOT NULL,
    feedback TEXT    NOT NULL,
    entity   INTEGER NOT NULL,
    PRIMARY KEY (question, version, pos),
    FOREIGN KEY (question, version) REFERENCES version (question, version)
) STRICT;
CREATE INDEX answer_fact ON answer (fact);

CREATE TABLE sitting (
    learner  INTEGER NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    mode     TEXT    NOT NULL,
    topic    INTEGER REFERENCES topic (id),
    of       INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    items    INTEGER NOT NULL,
    closed   INTEGER NOT NULL,
    token    TEXT    NOT NULL,
    PRIMARY KEY (learner, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sitting_token ON sitting (learner, token) WHERE token <> '';

CREATE TABLE item (
    learner  INTEGER NOT NULL,
    sitting  INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    question INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    bank     INTEGER NOT NULL,
    lexicon  INTEGER NOT NULL,
    options  TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    tried    TEXT    NOT NULL,
    token    TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    credit   REAL    NOT NULL,
    verdict  TEXT    NOT NULL,
    again    INTEGER NOT NULL,
    facts    TEXT    NOT NULL,
    added    INTEGER NOT NULL, -- by the event with this number; 0: from the start
    PRIMARY KEY (learner, sitting, pos),
    FOREIGN KEY (learner, sitting) REFERENCES sitting (learner, n) ON DELETE CASCADE,
    FOREIGN KEY (question, version) REFERENCES version (question, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    learner  INTEGER NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    zone     TEXT    NOT NULL,
    what     TEXT    NOT NULL,
    question INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    lexicon  INTEGER NOT NULL,
    options  TEXT    NOT NULL,
    response TEXT    NOT NULL,
    tried    TEXT    NOT NULL,
    took     INTEGER NOT NULL,
    sure     INTEGER NOT NULL,
    token    TEXT    NOT NULL,
    sitting  INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    voids    INTEGER NOT NULL,
    PRIMARY KEY (learner, seq),
    FOREIGN KEY (question, version) REFERENCES version (question, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX event_token ON event (learner, token) WHERE token <> '';

CREATE TABLE mark (
    learner   INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    part      INTEGER NOT NULL,
    fact      INTEGER NOT NULL,
    credit    REAL    NOT NULL,
    verdict   TEXT    NOT NULL,
    canonical TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    args      TEXT    NOT NULL,
    given     INTEGER NOT NULL,
    self      INTEGER NOT NULL,
    recall    REAL    NOT NULL,
    stability REAL    NOT NULL,
    elapsed   INTEGER NOT NULL,
    PRIMARY KEY (learner, seq, part),
    FOREIGN KEY (learner, seq) REFERENCES event (learner, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- No index on due: a learner's cards lie together and are scanned.
CREATE TABLE card (
    learner    INTEGER NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    fact       INTEGER NOT NULL REFERENCES fact (id),
    stability  REAL    NOT NULL,
    difficulty REAL    NOT NULL,
    phase      TEXT    NOT NULL,
    step       INTEGER NOT NULL,
    reps       INTEGER NOT NULL,
    lapses     INTEGER NOT NULL,
    last       INTEGER NOT NULL,
    due        INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    PRIMARY KEY (learner, fact)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup (
    learner  INTEGER NOT NULL REFERENCES learner (id) ON DELETE CASCADE,
    day      INTEGER NOT NULL,
    answers  INTEGER NOT NULL,
    "right"  INTEGER NOT NULL,
    reviews  INTEGER NOT NULL,
    recalled INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    took     INTEGER NOT NULL,
    PRIMARY KEY (learner, day)
) STRICT, WITHOUT ROWID;

-- What happened is never changed; it goes with the person.
-- +goose StatementBegin
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE (ABORT, 'events never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_kept BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM learner WHERE id = OLD.learner)
BEGIN SELECT RAISE (ABORT, 'events go only with their learner'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER version_stays BEFORE UPDATE ON version
BEGIN SELECT RAISE (ABORT, 'versions never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER answer_stays BEFORE UPDATE ON answer
BEGIN SELECT RAISE (ABORT, 'answers never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER lexicon_stays BEFORE UPDATE ON lexicon
BEGIN SELECT RAISE (ABORT, 'lexicon revisions never change'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entity_stays BEFORE UPDATE ON entity
BEGIN SELECT RAISE (ABORT, 'lexicon revisions never change'); END;
-- +goose StatementEnd
