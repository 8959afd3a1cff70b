//go:build race

package plan

// raced tells whether tests run under the race detector, ten times as slowly.
const raced = true
