"""The OpenAPI document, made of the same fields as the data."""

from django.conf import settings
from django.urls import reverse

from insights.counting import CAME_TO_REST, WENT_ON
from insights.open_data import FIELDS

MISSING = {"description": "There is no such page."}
CROSSING = {
    "services": {
        **{"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        "description": "The two services.",
    },
    "address": {"type": "string", "format": "uri", "description": "Where its stories stand here."},
    "story_count": {
        **{"type": "integer", "minimum": 1},
        "description": "How many public stories run between the two. A story of three services is in three crossings.",
    },
    "went_on_count": {"type": "integer", "minimum": 0, "description": f"It went on: {', '.join(WENT_ON)}."},
    "rest_count": {"type": "integer", "minimum": 0, "description": f"It came to rest: {', '.join(CAME_TO_REST)}."},
    "early_count": {"type": "integer", "minimum": 0, "description": "Too early to say, or not said."},
}


def document():
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SITE_NAME}: open data",
            "version": "1",
            "description": "Public change stories whose tellers agreed to open data. Reading only.",
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {
            reverse("api:stories"): {"get": _stories()},
            reverse("api:story", args=["SLUG"]).replace("SLUG", "{slug}"): {"get": _story()},
            reverse("api:crossings"): {"get": _crossings()},
        },
        "components": {"schemas": {"Story": _object(_fields()), "Crossing": _object(CROSSING)}},
    }


def _fields():
    return {field.name: {**_type(field), "description": field.about} for field in FIELDS}


def _type(field):
    if field.kind == "array":
        return {"type": "array", "items": {"type": "string"}}
    return {"type": "string", "enum": list(field.choices)} if field.choices else {"type": "string"}


def _object(properties):
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _json(about, schema):
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _stories():
    cursor = {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "From `next` of a page."}
    listed = _object({"stories": {"type": "array", "items": _ref("Story")}, "next": {"type": ["string", "null"]}})
    return {
        "operationId": "stories",
        "summary": "A page of stories, in an order that says nothing.",
        "parameters": [cursor],
        "responses": {"200": _json("Some stories, and the address of the next page.", listed), "404": MISSING},
    }


def _story():
    slug = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "operationId": "story",
        "summary": "One story.",
        "parameters": [slug],
        "responses": {"200": _json("The story.", _ref("Story")), "404": MISSING},
    }


def _crossings():
    listed = _object(
        {
            "story_count": {"type": "integer", "minimum": 0},
            "counted_at": {"type": "string", "format": "date-time"},
            "crossings": {"type": "array", "items": _ref("Crossing")},
        }
    )
    return {
        "operationId": "crossings",
        "summary": "Every crossing of public stories, with what became of them.",
        "responses": {"200": _json("Counted at most ten minutes ago.", listed)},
    }
