-- +goose Up
-- The sentence of a bank's source text that a question is drawn from, as it stood there.
ALTER TABLE version ADD COLUMN quote TEXT NOT NULL DEFAULT '';
