-- +goose Up
-- Where in the ranges of their intervals cards come back, by part, so that days are even.
ALTER TABLE event ADD COLUMN places TEXT NOT NULL DEFAULT '';

-- Days of the week on which less is to be due.
ALTER TABLE learner ADD COLUMN days_easy INTEGER NOT NULL DEFAULT 0;
