# One image for every service; the command names which one a container is.
FROM python:3.12-slim AS page
WORKDIR /src
COPY requirements/web.txt requirements/
RUN python -m venv /opt/node && /opt/node/bin/pip install --no-cache-dir --require-hashes -r requirements/web.txt
ENV PATH=/opt/node/bin:$PATH
COPY web web
RUN cd web && npm install --no-save --no-progress && npm run build

FROM python:3.12-slim AS build
WORKDIR /src
ENV UV_COMPILE_BYTECODE=1
COPY requirements/uv.txt requirements/run.txt requirements/
RUN python -m venv /opt/edit-factory \
 && /opt/edit-factory/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && /opt/edit-factory/bin/uv pip install --no-cache --python /opt/edit-factory/bin/python \
      --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY contracts contracts
COPY kit kit
COPY services services
COPY --from=page /src/services/gateway/page services/gateway/page
COPY edit_factory edit_factory
RUN /opt/edit-factory/bin/uv pip install --no-cache --python /opt/edit-factory/bin/python \
      --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --create-home --home-dir /var/lib/edit-factory edit-factory
COPY --from=build /opt/edit-factory /opt/edit-factory
ENV PATH=/opt/edit-factory/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    EDIT_FACTORY_HOME=/var/lib/edit-factory \
    EDIT_FACTORY_HOST=0.0.0.0 \
    EDIT_FACTORY_PORT=8000
USER edit-factory
EXPOSE 8000
ENTRYPOINT ["edit-factory"]
CMD ["up"]
