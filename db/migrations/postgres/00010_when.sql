-- +goose Up
-- When what a fact tells happened, in EDTF; '' where it has no date.
ALTER TABLE fact ADD COLUMN happened TEXT NOT NULL DEFAULT '';
