refused: DL3002
replace: USER 9999:9999
by: USER root
