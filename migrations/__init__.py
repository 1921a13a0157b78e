"""The schema, step by step; HEAD is the step this version needs."""

HEAD = "0011"
