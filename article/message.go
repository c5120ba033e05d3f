package article

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// A Message is a sentence about an input: in English, and as a code and what fills it, from which others word it in another language.
type Message struct {
	Code string `json:"code"`           // never given to another sentence
	Args []any  `json:"args,omitempty"` // what fills the sentence, in the order of the English one: each a text, a number or a message
	Text string `json:"-"`              // in English

	err error // what Text was made of
}

func (m *Message) Error() string { return m.Text }

// Unwrap returns the errors that the sentence was made of.
func (m *Message) Unwrap() error { return m.err }

// UnmarshalJSON reads a code and its arguments: a string, an int, a float64 or a *Message each.
func (m *Message) UnmarshalJSON(data []byte) error {
	var coded struct {
		Code string
		Args []json.RawMessage
	}
	if err := json.Unmarshal(data, &coded); err != nil {
		return err
	}
	*m = Message{Code: coded.Code}
	for _, raw := range coded.Args {
		arg, err := readArg(raw)
		if err != nil {
			return err
		}
		m.Args = append(m.Args, arg)
	}
	return nil
}

func readArg(raw json.RawMessage) (any, error) {
	if n, err := strconv.Atoi(string(raw)); err == nil {
		return n, nil
	}
	if inner := new(Message); raw[0] == '{' {
		return inner, json.Unmarshal(raw, inner)
	}
	var arg any
	err := json.Unmarshal(raw, &arg)
	return arg, err
}

// A Counted is a number with its noun in English: other languages take the number and have nouns of their own.
type Counted struct {
	N    int
	Text string // "3 articles"
}

func (c Counted) String() string { return c.Text }

// Count returns a number with its noun: "1 article", "3,000 articles".
func Count(n int, one, many string) Counted {
	if n == 1 {
		return Counted{1, "1 " + one}
	}
	return Counted{n, Number(n) + " " + many}
}

// Number writes a number with a comma between thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// List makes one message of some.
func List(of []*Message, sep string) *Message {
	all := of[0]
	for _, m := range of[1:] {
		all = Messagef("list", "%v"+sep+"%v", all, m)
	}
	return all
}

// Messagef makes a message as [fmt.Errorf] makes an error. The arguments become those of the message; a Message in the chain of an error stays one.
func Messagef(code, format string, args ...any) *Message {
	err := fmt.Errorf(format, args...)
	m := &Message{Code: code, Text: err.Error(), err: err}
	for _, arg := range args {
		m.Args = append(m.Args, messageArg(arg))
	}
	return m
}

func messageArg(arg any) any {
	switch arg := arg.(type) {
	case int, float64, string:
		return arg
	case rune:
		return string(arg)
	case Counted:
		return arg.N
	case error:
		var inner *Message
		if errors.As(arg, &inner) {
			return inner
		}
	}
	return fmt.Sprint(arg)
}
