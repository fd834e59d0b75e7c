# check=error=true
# The backend's image. Every step runs on the build platform: nothing is emulated.

ARG RUST_VERSION=1.86
# One release for all stages: the binary's glibc must not be newer than the runtime's.
ARG DEBIAN_RELEASE=bookworm
ARG RUST_IMAGE=lukemathwalker/cargo-chef:latest-rust-${RUST_VERSION}-${DEBIAN_RELEASE}
ARG RUNTIME_IMAGE=debian:${DEBIAN_RELEASE}-slim


FROM --platform=$BUILDPLATFORM ${RUST_IMAGE} AS chef
ENV CARGO_NET_RETRY=10
WORKDIR /app


FROM --platform=$BUILDPLATFORM chef AS planner
ARG WORKSPACE=.
COPY ${WORKSPACE} .
RUN cargo chef prepare --recipe-path recipe.json


FROM --platform=$BUILDPLATFORM chef AS builder
# Before ARG TARGETPLATFORM, so that one layer serves every platform.
WORKDIR /packages
# A Debian release keeps no older versions that one could pin.
# hadolint ignore=DL3008
RUN set -- ca-certificates gcc-arm-linux-gnueabihf libc6-dev-armhf-cross \
    && case "$(dpkg --print-architecture)" in \
        amd64) set -- "$@" gcc-aarch64-linux-gnu libc6-dev-arm64-cross ;; \
        arm64) set -- "$@" gcc-x86-64-linux-gnu libc6-dev-amd64-cross ;; \
    esac \
    && for architecture in amd64 arm64 armhf; do dpkg --add-architecture "$architecture"; done \
    && apt-get -o Acquire::Retries=5 update \
    && apt-get -o Acquire::Retries=5 install -y --no-install-recommends "$@" \
    && apt-get -o Acquire::Retries=5 download tini:amd64 tini:arm64 tini:armhf \
    && rm -rf /var/lib/apt/lists/*
ENV CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=x86_64-linux-gnu-gcc \
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
    CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER=arm-linux-gnueabihf-gcc \
    CC_x86_64_unknown_linux_gnu=x86_64-linux-gnu-gcc \
    CC_aarch64_unknown_linux_gnu=aarch64-linux-gnu-gcc \
    CC_armv7_unknown_linux_gnueabihf=arm-linux-gnueabihf-gcc
ARG TARGETPLATFORM
RUN case "$TARGETPLATFORM" in \
        linux/amd64)  rust=x86_64-unknown-linux-gnu      debian=amd64 ;; \
        linux/arm64)  rust=aarch64-unknown-linux-gnu     debian=arm64 ;; \
        linux/arm/v7) rust=armv7-unknown-linux-gnueabihf debian=armhf ;; \
        *) printf 'ERROR: Unsupported platform %s (supported: linux/amd64, linux/arm64, linux/arm/v7)\n' "$TARGETPLATFORM" >&2; exit 1 ;; \
    esac \
    && dpkg-deb -x tini_*_"$debian".deb tini \
    && rm tini/usr/bin/tini-static \
    && rustup target add "$rust" \
    && echo "$rust" > rust-target
WORKDIR /app
COPY --from=planner /app/recipe.json .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    cargo chef cook --release --locked --target "$(cat /packages/rust-target)" --bin backend --recipe-path recipe.json
ARG WORKSPACE=.
COPY ${WORKSPACE} .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    cargo build --release --locked --target "$(cat /packages/rust-target)" --bin backend \
    && cp "target/$(cat /packages/rust-target)/release/backend" /usr/local/bin/backend


FROM ${RUNTIME_IMAGE} AS runtime
LABEL org.opencontainers.image.title="backend" \
      org.opencontainers.image.description="Draws the SVG of realtime-svg" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=builder /usr/share/ca-certificates /usr/share/ca-certificates
COPY --from=builder /etc/ssl/certs /etc/ssl/certs
COPY --from=builder /packages/tini /
COPY --from=builder /usr/local/bin/backend /usr/local/bin/backend
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=5s --retries=3 \
    CMD ["/usr/local/bin/backend", "healthcheck"]
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["/usr/local/bin/backend"]
