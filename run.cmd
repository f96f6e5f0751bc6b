@echo off
rem Starts the whole system on this machine: run --help
setlocal
cd /d "%~dp0"
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" -version > nul 2>&1
if errorlevel 1 (
  echo Java 17 or later is needed. Install a JDK, or set JAVA_HOME to one. 1>&2
  exit /b 1
)
rem Unlike run, this does not notice changed sources: then call mvnw.cmd package first.
if not exist local\target\classpath (
  echo Building; the first time this downloads a few hundred megabytes
  call mvnw.cmd -q -B -ntp -Dmaven.test.skip=true -Dspring-javaformat.validate.skip=true package
  if errorlevel 1 exit /b 1
)
for %%j in (local\target\local-*.jar) do set "CLASSPATH=%%j"
for /f "usebackq delims=" %%c in ("local\target\classpath") do set "JARS=%%c"
set "CLASSPATH=%CLASSPATH%;%JARS%"
"%JAVA%" -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "-Dticketing.home=%CD%" ticketing.local.Local %*
