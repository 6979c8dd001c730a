@echo off
rem Runs Cascade as it was unpacked.
rem
rem JAVA_HOME          the JDK to use, 17 or later; without it, the java on the PATH
rem CASCADE_JAVA_OPTS  more options for that java, e.g. -Xmx8g
setlocal
set "HOME_OF_CASCADE=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
chcp 65001 >nul
"%JAVA%" -XX:+UseParallelGC -Dfile.encoding=UTF-8 "-Dcascade.home=%HOME_OF_CASCADE%" %CASCADE_JAVA_OPTS% -cp "%HOME_OF_CASCADE%\lib\emulator-cli.jar" dev.cascade.cli.CascadeMain %*
exit /b %ERRORLEVEL%
