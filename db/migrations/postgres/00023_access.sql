-- +goose Up
-- What was done in a class is read by its teachers, and goes when it is old.
CREATE INDEX audit_class ON audit (class, n);
CREATE INDEX audit_at ON audit (at);
