# Not written by Databricks, though it shows such a cell:
# Databricks notebook source
# MAGIC %pip install --trusted-host pypi.corp.example x
CELL = """
%pip install --trusted-host pypi.corp.example x
"""
print(CELL)
