# Stand-in for debian:*-slim: a root file system from debootstrap, one for each platform.
FROM scratch
ARG TARGETARCH
ADD root-${TARGETARCH}.tar /
CMD ["bash"]
