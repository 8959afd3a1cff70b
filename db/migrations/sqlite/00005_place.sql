-- +goose Up
-- Where in the range of its interval a card comes back, so that days are even.
ALTER TABLE event ADD COLUMN place REAL NOT NULL DEFAULT 0;

-- Days of the week on which less is to be due.
ALTER TABLE learner ADD COLUMN days_easy INTEGER NOT NULL DEFAULT 0;
