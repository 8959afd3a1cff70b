-- +goose Up
-- Since when a question is in the bin, 0: it is not, 1: for ever; and what it was before.
ALTER TABLE question ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN was TEXT NOT NULL DEFAULT '';
CREATE INDEX question_gone ON question (gone) WHERE gone > 1;
CREATE INDEX bank_gone ON bank (gone) WHERE gone > 1;
