-- +goose Up

-- What a teacher gives a class to do. Topics and questions are JSON lists (none: all);
-- reveal is when a quiz shows what is right: '' after each answer, at hand-in, or when it
-- is due. Times are milliseconds (0: none); late: whether it is taken after it is due.
CREATE TABLE assignment (
    class BIGINT NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    n BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    topics TEXT NOT NULL DEFAULT '',
    questions TEXT NOT NULL DEFAULT '',
    draw BIGINT NOT NULL DEFAULT 0,
    shuffle BIGINT NOT NULL DEFAULT 0,
    mix BIGINT NOT NULL DEFAULT 0,
    reveal TEXT NOT NULL DEFAULT '',
    minutes BIGINT NOT NULL DEFAULT 0,
    days BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0,
    counts TEXT NOT NULL DEFAULT '',
    opens BIGINT NOT NULL DEFAULT 0,
    due BIGINT NOT NULL DEFAULT 0,
    late BIGINT NOT NULL DEFAULT 0,
    made BIGINT NOT NULL,
    token TEXT NOT NULL DEFAULT '',
    gone BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (class, n)
);
CREATE UNIQUE INDEX assignment_token ON assignment (class, token) WHERE token <> '';

-- The assignment that a sitting is a try at (0: none), and when it was handed in where what
-- is right is shown later: until then it is not judged.
ALTER TABLE sitting ADD COLUMN class BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN assignment BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN handed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sitting_assigned ON sitting (class, assignment, learner) WHERE assignment <> 0;

-- The assignment that has put a date among a pupil's own (0: none).
ALTER TABLE exam ADD COLUMN class BIGINT NOT NULL DEFAULT 0;
ALTER TABLE exam ADD COLUMN assignment BIGINT NOT NULL DEFAULT 0;
CREATE INDEX exam_assigned ON exam (class, assignment) WHERE assignment <> 0;
