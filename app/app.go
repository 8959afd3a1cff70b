// Package app wires what happens when somebody does something.
package app
