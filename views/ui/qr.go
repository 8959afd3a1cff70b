package ui

import (
	"strconv"
	"strings"

	qrcode "github.com/skip2/go-qrcode"
)

// QR is an address as squares that a phone's camera reads.
type QR struct {
	Text  string
	Label string // what it leads to
}

// squares draws the dark squares as one SVG path, row by row, in a box of size
// units with the quiet zone in it. What is too long has none.
func (q QR) squares() (path string, size int) {
	code, err := qrcode.New(q.Text, qrcode.Medium)
	if err != nil {
		return "", 1
	}
	var d strings.Builder
	rows := code.Bitmap()
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			run := 0
			for x+run < len(row) && row[x+run] {
				run++
			}
			if run > 0 {
				d.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
				x += run
			}
		}
	}
	return d.String(), len(rows)
}

// drawn is the path and the box that it is drawn in.
func (q QR) drawn() (path, box string) {
	path, size := q.squares()
	return path, "0 0 " + strconv.Itoa(size) + " " + strconv.Itoa(size)
}
