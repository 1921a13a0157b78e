"""Policy vectors: compliance cases written as given, when and expect, asked of the very engine that sends."""
