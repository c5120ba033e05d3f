package main

func demo() source { return source{} }
