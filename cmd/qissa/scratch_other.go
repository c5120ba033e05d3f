//go:build !unix

package main

import "errors"

// grow says that there is no file to map here: texts stay in memory.
func (s *scratch) grow() error { return errors.ErrUnsupported }

func peak() int64 { return int64(memory()) }

func mapped() (read int, known bool) { return 0, false }

func (s *scratch) release() {}
