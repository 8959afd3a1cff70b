-- +goose Up
-- Whether accounts are made by invitation or from a class alone.
ALTER TABLE school ADD COLUMN invited BIGINT NOT NULL DEFAULT 0;

-- Why an administrator read somebody's answers.
ALTER TABLE audit ADD COLUMN reason TEXT NOT NULL DEFAULT '';
