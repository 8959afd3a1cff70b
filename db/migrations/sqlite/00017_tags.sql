-- +goose Up
-- The tags of a question as its author wrote them, in that order; they are compared folded,
-- so that Rome and rome are one.
CREATE TABLE tagged (
    question INTEGER NOT NULL REFERENCES question ON DELETE CASCADE,
    folded TEXT NOT NULL,
    tag TEXT NOT NULL,
    pos INTEGER NOT NULL,
    PRIMARY KEY (question, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_folded ON tagged (folded, question);

-- The tags that an assignment chooses by, a JSON list (none: all).
ALTER TABLE assignment ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- The class that a link lets somebody teach (0: none).
ALTER TABLE link ADD COLUMN class INTEGER NOT NULL DEFAULT 0;
CREATE INDEX link_class ON link (class) WHERE class <> 0;
