refused: DL3007
replace: FROM ${JRE} AS feed
by: FROM eclipse-temurin:latest AS feed
