"""The Flask half: pages to log in and out, and who is logged in as JSON."""

import os

from flask import Flask, flash, get_flashed_messages, redirect, render_template_string, request, session

app = Flask(__name__)
app.config.from_prefixed_env()
app.secret_key = os.environ["SECRET_KEY"]

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Flask</title>
<h1>Flask</h1>
{% for message in messages %}<p>{{ message }}</p>{% endfor %}
{% if user %}<p>You are {{ user }}.</p>
<form method="post" action="/logout"><button>Log out</button></form>
{% else %}<p>Nobody is logged in.</p>
<form method="post" action="/login"><input name="user" aria-label="user"><button>Log in</button></form>
{% endif %}
<p><a href="{{ other }}">The Node half</a></p>
"""


@app.get("/")
def page():
    return render_template_string(
        PAGE,
        user=session.get("user"),
        messages=get_flashed_messages(),
        other=os.environ.get("OTHER", "/"),
    )


@app.post("/login")
def login():
    session["user"] = request.form["user"]
    session.permanent = True
    flash("Logged in at Flask.")
    return redirect("/")


@app.get("/me")
def me():
    return {"user": session.get("user")}


@app.post("/logout")
def logout():
    session.clear()
    flash("Logged out at Flask.")
    return redirect("/")


if __name__ == "__main__":
    app.run(host=os.environ["HOST"], port=int(os.environ["PORT"]))
