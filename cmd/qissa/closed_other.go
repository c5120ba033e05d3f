//go:build !unix

package main

func isClosed(any) bool { return false }
