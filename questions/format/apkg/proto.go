package apkg

import "google.golang.org/protobuf/encoding/protowire"

// field is one field of a Protocol Buffers message: a number or bytes.
type field struct {
	number protowire.Number
	value  uint64
	bytes  []byte
}

// fields calls see with each field of a message, as far as it can be read. Fields of
// other types are passed over.
func fields(message []byte, see func(field)) {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return
		}
		message = message[n:]
		f := field{number: number}
		switch kind {
		case protowire.VarintType:
			f.value, n = protowire.ConsumeVarint(message)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(message)
		default:
			n = protowire.ConsumeFieldValue(number, kind, message)
		}
		if n < 0 {
			return
		}
		message = message[n:]
		if kind == protowire.VarintType || kind == protowire.BytesType {
			see(f)
		}
	}
}
