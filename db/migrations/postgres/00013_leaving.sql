-- +goose Up
-- When everything of a learner who is leaving goes; 0: the learner stays.
ALTER TABLE learner ADD COLUMN goes BIGINT NOT NULL DEFAULT 0;
CREATE INDEX learner_goes ON learner (goes) WHERE goes <> 0;

-- The keyed hash of a calendar link, NULL where there is none, and its generation.
ALTER TABLE learner ADD COLUMN feed BYTEA;
ALTER TABLE learner ADD COLUMN feed_n BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX learner_feed ON learner (feed) WHERE feed IS NOT NULL;

-- Random ids of the deleted: a backup that is put back must not bring them back.
CREATE TABLE gone (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);

-- What is left of first answers of the deleted in a class: how many to a question, and how
-- many of them right.
CREATE TABLE remain (
    class BIGINT NOT NULL REFERENCES class ON DELETE CASCADE,
    question BIGINT NOT NULL REFERENCES question ON DELETE CASCADE,
    firsts BIGINT NOT NULL,
    right_n BIGINT NOT NULL,
    PRIMARY KEY (class, question)
);
CREATE INDEX remain_question ON remain (question);

-- A bank that was its deleted author's alone: what was written in it is taken out, and
-- only then are its wordings changed.
ALTER TABLE bank ADD COLUMN emptied BIGINT NOT NULL DEFAULT 0;
-- +goose StatementBegin
CREATE FUNCTION kept_unless_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM question q JOIN bank b ON b.id = q.bank WHERE q.id = OLD.question AND b.emptied <> 0) THEN
        RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER version_kept ON version;
CREATE TRIGGER version_kept BEFORE UPDATE ON version FOR EACH ROW EXECUTE FUNCTION kept_unless_emptied();
