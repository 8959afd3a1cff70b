-- +goose Up
-- The name that was asked for, where another was given.
ALTER TABLE mark ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;
