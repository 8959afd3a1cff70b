-- +goose Up
-- A learner's PIN follows from the installation's key, the learner and this generation (0:
-- there is none); the PIN itself is stored nowhere. When it was made.
ALTER TABLE learner ADD COLUMN pin_n BIGINT NOT NULL DEFAULT 0;
ALTER TABLE learner ADD COLUMN pin_at BIGINT NOT NULL DEFAULT 0;

-- Of a pupil: when somebody first came to the seat (0: it is free), and how long a test of
-- limited time is, in percent.
ALTER TABLE member ADD COLUMN claimed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN extra BIGINT NOT NULL DEFAULT 100;
UPDATE member SET claimed = joined;

-- Of a class: whether only who has a seat may join, and until when the names of the seats
-- may be chosen from.
ALTER TABLE class ADD COLUMN listed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE class ADD COLUMN open_until BIGINT NOT NULL DEFAULT 0;
