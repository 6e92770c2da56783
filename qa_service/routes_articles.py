"""Articles over HTTP: list, read, add, withdraw."""

from contextlib import suppress
from functools import partial
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from index.archive import Archive
from index.documents import Article, KnownBy
from index.errors import ArticleWithdrawn, NoSuchArticle, Unreadable
from qa_service import told, wire_articles
from qa_service.asked import ArticleId, Name, Version
from qa_service.openapi import ADDED, ARTICLE, QUOTE, example, problems
from qa_service.parts import Parts
from qa_service.posted import read_posted

MAX_PAGE = 100

PathId = Annotated[ArticleId, Path(examples=[ARTICLE["id"]])]
Posted = list[Article | Unreadable]


class Listing(BaseModel):
    """Which part of the articles to list."""

    model_config = ConfigDict(extra="forbid")

    cursor: ArticleId | None = Field(default=None, description="`next` of the page before.")
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 50
    source: Name | None = None


class OneVersion(BaseModel):
    """Which version of an article to read."""

    model_config = ConfigDict(extra="forbid")

    version: Version | None = Field(default=None, description="Empty: the current one.")


ARTICLE_FULL = ARTICLE | {
    "text": QUOTE,
    "notice": None,
    "copyright": None,
    "usable_from": None,
    "page_starts": [],
    "edition": None,
}
PAGE = {"articles": [ARTICLE], "next": None}
SOURCES = {"sources": [{"source": "The Daily Example", "articles": 12}]}
HISTORY = {
    "id": ARTICLE["id"],
    "versions": [
        {
            "revision": 7,
            "version": ARTICLE["version"],
            "arrived": "2023-09-04T18:00:00+00:00",
            "withdrawn": False,
            "edition": None,
            "status": "usable",
            "changes": None,
        }
    ],
}
ADDED_ALL = {
    "created": 1,
    "updated": 0,
    "unchanged": 0,
    "withdrawn": 0,
    "rejected": 0,
    "results": [ADDED | {"reason": None}],
}

TEXT = {"type": ["string", "null"]}
RECORD: dict[str, Any] = {
    "type": "object",
    "description": "Of `text` and `html` one is needed.",
    "properties": {
        name: TEXT
        for name in (
            "id",
            "title",
            "text",
            "html",
            "url",
            "source",
            "author",
            "language",
            "updated",
            "notice",
            "copyright",
            "usable_from",
            "edition",
        )
    }
    | {"published": TEXT | {"examples": ["2023-09-04", "2023-09-04T18:00:00Z"]}}
    | {"published_known_by": TEXT | {"enum": [None, *get_args(KnownBy)]}}
    | {"status": TEXT | {"enum": [None, "usable", "canceled", "withheld"]}},
}
RECORDS = {"type": "array", "items": RECORD}
ENVELOPE = {"type": "object", "required": ["articles"], "properties": {"articles": RECORDS}}
RECORD_EXAMPLE = {
    "title": ARTICLE["title"],
    "text": QUOTE,
    "source": ARTICLE["source"],
    "published": ARTICLE["published"],
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"anyOf": [RECORD, RECORDS, ENVELOPE]},
                "example": RECORD_EXAMPLE,
            },
            "application/x-ndjson": {"schema": {"type": "string"}, "example": '{"title": …}\n'},
        },
    }
}


def article_routes(parts: Parts) -> APIRouter:
    """The calls about articles; those that change them are guarded by `access.py`."""
    routes = APIRouter(prefix="/v1", tags=["articles"])
    archive = parts.archive

    @routes.get("/articles", responses={**example(PAGE), **problems(422)})
    async def list_articles(listing: Annotated[Listing, Query()]) -> told.ArticlePage:
        """List the current articles by id, without their texts."""
        return await parts.read(partial(_page, archive, listing))

    @routes.get("/sources", responses={**example(SOURCES), **problems()})
    async def list_sources() -> told.Sources:
        """List the sources and how many articles each has."""
        return wire_articles.sources(await parts.read(archive.sources))

    @routes.get(
        "/articles/{article_id}",
        responses={**example(ARTICLE_FULL), **problems(404, 410, 422)},
    )
    async def get_article(
        article_id: PathId, which: Annotated[OneVersion, Query()]
    ) -> told.ArticleFull:
        """Read one article; every offset counts in its `text`, in Unicode code points."""
        return wire_articles.full(
            await parts.read(lambda: archive.article(article_id, which.version))
        )

    @routes.get(
        "/articles/{article_id}/versions", responses={**example(HISTORY), **problems(404, 422)}
    )
    async def list_versions(article_id: PathId) -> told.History:
        """Tell an article's history, the oldest revision first, and what each one changed."""
        return await parts.read(partial(_history, archive, article_id))

    @routes.post(
        "/articles",
        responses={**example(ADDED_ALL), **problems(400, 413, 415, 422, 503)},
        openapi_extra=BODY,
    )
    async def add_articles(request: Request) -> told.AddedAll:
        """Add one article, a list, or one a line; tells what became of each, in order.

        One whose `status` is `canceled` or `withheld` withdraws the article that it names. One that
        cannot be read is rejected with the reason, and the others are stored.
        """
        body, media = await request.body(), request.headers.get("content-type", "")
        return await parts.write(lambda: _add(archive, read_posted(body, media)))

    @routes.delete(
        "/articles/{article_id}",
        status_code=204,
        responses={**problems(404, 410, 422, 503)},
    )
    async def withdraw_article(article_id: PathId) -> Response:
        """Withdraw an article: its text, quotes from it and claims that rest on it disappear."""
        await parts.write(lambda: archive.remove(article_id))
        return Response(status_code=204)

    return routes


def _page(archive: Archive, listing: Listing) -> told.ArticlePage:
    found = archive.articles(after=listing.cursor, limit=listing.limit + 1, source=listing.source)
    return wire_articles.page(found, limit=listing.limit)


def _history(archive: Archive, article_id: str) -> told.History:
    revisions = archive.history(article_id)
    versions: dict[str, Article] = {}
    for version in {revision.version for revision in revisions if revision.version}:
        # One that was withdrawn is not told, not even by what it differs in.
        with suppress(ArticleWithdrawn, NoSuchArticle):
            versions[version] = archive.article(article_id, version)
    return wire_articles.history(article_id, revisions, versions)


def _add(archive: Archive, posted: Posted) -> told.AddedAll:
    stored = archive.add(item for item in posted if isinstance(item, Article))
    results = [
        wire_articles.rejected(index, item)
        if isinstance(item, Unreadable)
        else wire_articles.added(index, next(stored))
        for index, item in enumerate(posted)
    ]
    return wire_articles.added_all(results)
