"""A site on one's own machine, as its files are now: each page is made when it is asked for, by what a build uses.

    watch      files -> which of them changed
    live       changed files -> the site as it is, or what is wrong with it
    assets     static files -> the addresses under which a browser keeps them
    answers    an address and the site -> the bytes of an answer
    http       requests and events

Only this machine is answered. Given up: a copy of the site on disk, and a dependency graph; a changed file is read
again, and `renewal` takes over what does not hang on it.
"""

from generator.server.http import Server
from generator.server.live import Live
from generator.server.watch import Look, look, watch

__all__ = ["Live", "Look", "Server", "look", "watch"]
