# One image per service: docker build --build-arg SERVICE=gate-service .
# The jars come from ./mvnw package; nothing is fetched while building.
FROM eclipse-temurin:25-jre AS extracted
ARG SERVICE
COPY ${SERVICE}/target/${SERVICE}-*.jar /build/app.jar
RUN java -Djarmode=tools -jar /build/app.jar extract --destination /build/app

FROM eclipse-temurin:25-jre
# a user of its own, without a home and without a shell
RUN groupadd --system --gid 10001 ticketing && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin ticketing
WORKDIR /app
COPY --from=extracted /build/app /app
USER 10001:10001
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"
# the start and its retries of database and broker may take a while
HEALTHCHECK --interval=3s --timeout=3s --start-period=300s --retries=10 \
	CMD curl -fsS "http://localhost:${MANAGEMENT_PORT:-$PORT}/actuator/health/readiness" || exit 1
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
