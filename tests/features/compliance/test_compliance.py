"""The rules in plain words, rule by rule."""

from pytest_bdd import scenarios

scenarios("compliance")
