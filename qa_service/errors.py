"""What can go wrong on the read path, each with the HTTP status it becomes.

What can go wrong in the index is in `index.errors`, which knows no HTTP; `app.py` maps both.

QAError
├── BadRequest        422  the request cannot be understood
├── NotText           400  the body is not UTF-8
├── UnknownMedia      415  the body is of a kind that this call does not take
├── TooMany           413  more articles than one call takes
├── TooLarge          413  the body is larger than is taken
├── NotStored         404  no such article, version or answer
├── Forbidden         403  the caller may not do this
├── Unauthorized      401  a key is needed
├── LLMUnavailable    503  the language model is down, slow or busy; `retry_after` seconds
└── LLMBadReply       502  the language model's server sent something that is not an answer
"""


class QAError(Exception):
    """An error with a sentence that says what was expected, what came and what to do."""

    status = 500
    title = "Something broke"


class BadRequest(QAError):
    """The request cannot be understood."""

    status, title = 422, "The request cannot be understood"


class NotText(QAError):
    """The body is not UTF-8."""

    status, title = 400, "The body cannot be read"


class UnknownMedia(QAError):
    """The body is of a kind that this call does not take."""

    status, title = 415, "This media type is not taken here"


class TooMany(QAError):
    """More articles than one call takes."""

    status, title = 413, "Too many articles"


class TooLarge(QAError):
    """The body is larger than this call takes."""

    status, title = 413, "The body is too large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"This call takes at most {limit // 2**20} MiB; send it in several parts.")


class NotStored(QAError):
    """No such answer."""

    status, title = 404, "Not stored here"


class Forbidden(QAError):
    """The caller may not do this."""

    status, title = 403, "Not allowed"


class Unauthorized(QAError):
    """A key is needed."""

    status, title = 401, "A key is needed"


class LLMUnavailable(QAError):
    """The language model is down, slow or busy."""

    status, title = 503, "The language model is not available"

    def __init__(self, message: str, *, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class LLMBadReply(QAError):
    """The language model's server sent something that is not an answer."""

    status, title = 502, "The language model sent a bad reply"
