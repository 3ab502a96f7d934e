# Databricks notebook source
# MAGIC %md
# MAGIC Not run:
# MAGIC %pip install --trusted-host prose.corp.example x

# COMMAND ----------

# DBTITLE 1,Packages
# MAGIC %pip install x
# MAGIC %pip install --trusted-host magic.corp.example y

# COMMAND ----------

# MAGIC %sh -e
# MAGIC pip install \
# MAGIC   --trusted-host shell.corp.example x

# COMMAND ----------

# MAGIC %scala
# MAGIC val x = "pip install --trusted-host scala.corp.example"
