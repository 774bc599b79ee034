# The site as an image; compose.yaml runs it with its database, search server and worker. 3.11 is what the tests run on.
FROM python:3.11-slim-bookworm

ENV DJANGO_SETTINGS_MODULE=cms.settings.production \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/static \
    VAR_DIR=/var/lib/zhihui

WORKDIR /srv/zhihui
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --requirement requirements.txt
COPY . .
# Gathered once, into the image; the demo's settings need no secret, and name the same files.
RUN DJANGO_SETTINGS_MODULE=cms.settings.demo VAR_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build

# What changes lives in one folder, which a volume takes over together with its owner; the code stays root's.
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin zhihui \
    && install --directory --owner=zhihui --group=zhihui "$VAR_DIR"
USER 10001

EXPOSE 8000
CMD ["gunicorn", "cms.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
