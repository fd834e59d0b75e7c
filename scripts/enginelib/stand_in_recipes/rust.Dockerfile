# Stand-in for lukemathwalker/cargo-chef: Debian's Rust with the standard libraries of three platforms.
ARG BASE
FROM ${BASE}
ENV CARGO_HOME=/usr/local/cargo \
    RUSTUP_HOME=/usr/local/rustup \
    PATH=/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# The foreign libraries are unpacked rather than installed: installed, they would drag in a compiler for each architecture.
RUN set -e; \
    dpkg --add-architecture arm64; dpkg --add-architecture armhf; \
    apt-get -o Acquire::Retries=5 -o Acquire::Languages=none update; \
    apt-get -o Acquire::Retries=5 install -y --no-install-recommends rustc cargo gcc libc6-dev python3 ca-certificates; \
    cd /tmp; apt-get -o Acquire::Retries=5 download libstd-rust-dev:arm64 libstd-rust-dev:armhf; \
    for package in *.deb; do dpkg-deb -x "$package" /; done; \
    rm -rf /tmp/*.deb /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/*; \
    dpkg --remove-architecture arm64; dpkg --remove-architecture armhf
COPY --chmod=755 cargo-chef rustup /usr/local/cargo/bin/
CMD ["bash"]
